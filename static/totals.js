// The grid of totals by keyboard: Enter and arrows along a column, several cells pasted at once, the sums as typed.
(() => {
  "use strict";
  const COLUMNS = ["households", "people", "minority_households", "source"];
  const cells = (column) => [...document.querySelectorAll(`.totals-table input[data-column="${column}"]`)];
  const whole = (text) => {
    const plain = text.trim().replace(/\s/g, " ").replace(/[.,]0{1,2}$/, "");
    return /^(\d{1,3}([., ])\d{3}(\2\d{3})*|\d+)$/.test(plain) ? Number(plain.replace(/\D/g, "")) : null;
  };

  document.addEventListener("keydown", (event) => {
    const column = event.target.dataset?.column;
    if (!column || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault(); // Enter saves only from a button
    const all = cells(column);
    const next = all[all.indexOf(event.target) + step];
    next?.focus();
    next?.select();
  });

  document.addEventListener("paste", (event) => {
    const first = event.target.dataset?.column;
    const text = event.clipboardData?.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "") ?? "";
    if (!first || event.target.readOnly || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const columns = COLUMNS.slice(COLUMNS.indexOf(first)).map(cells);
    const top = cells(first).indexOf(event.target);
    let done = 0;
    let over = 0;
    text.split("\n").forEach((line, down) => {
      line.split("\t").forEach((value, right) => {
        const cell = columns[right]?.[top + down];
        if (!cell || cell.readOnly) {
          over += value.trim() ? 1 : 0;
          return;
        }
        cell.value = value.trim();
        done += 1;
      });
    });
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
    const said = document.getElementById("totals-said");
    said.textContent = `Đã điền ${done} ô.` + (over ? ` ${over} ô thừa ra ngoài bảng, không điền.` : "");
    said.classList.remove("visually-hidden");
  });

  document.addEventListener("input", (event) => {
    if (!event.target.dataset?.column) return;
    document.querySelectorAll(".totals-table output[data-sum]").forEach((output) => {
      const inputs = output.closest("tbody").querySelectorAll(`input[data-column="${output.dataset.sum}"]`);
      const known = [...inputs].map((input) => whole(input.value)).filter((value) => value !== null);
      const sum = known.reduce((one, other) => one + other, 0);
      output.value = known.length ? sum.toString().replace(/\B(?=(\d{3})+$)/g, ".") : "–";
    });
  });
})();
