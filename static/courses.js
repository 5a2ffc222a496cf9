// The grid of costs by keyboard: Enter and arrows along a column, sums as typed, a counted quantity offered.
(() => {
  "use strict";
  const grid = document.querySelector(".cost-grid");
  if (!grid) return;
  const rows = [...grid.querySelectorAll("tbody tr")];
  const field = (row, name) => row.querySelector(`[data-column="${name}"]`);
  const spaced = (value) => value.toString().replace(/\B(?=(\d{3})+$)/g, ".");
  const number = (text) => {
    const plain = text.replace(/\s/g, "");
    if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(plain)) return Number(plain.replace(/\./g, "").replace(",", "."));
    return /^\d+([.,]\d+)?$/.test(plain) ? Number(plain.replace(",", ".")) : null;
  };

  function summed() {
    let planned = 0;
    let used = 0;
    rows.forEach((row) => {
      const quantity = number(field(row, "quantity").value);
      const rate = number(field(row, "rate").value);
      const known = quantity !== null && rate !== null;
      const line = known ? Math.round(quantity * rate) : 0;
      row.querySelector(".cost-sum").value = known ? `${spaced(line)} đ` : "";
      if (row.querySelector('[name$="-removed"]')?.checked) return;
      planned += line;
      used += number(field(row, "used").value) ?? 0;
    });
    document.getElementById("planned-sum").value = `${spaced(planned)} đ`;
    document.getElementById("used-sum").value = `${spaced(used)} đ`;
  }

  function offered(row) {
    const basis = field(row, "basis").value + (field(row, "unsalaried_only").checked ? "-unsalaried" : "");
    const planned = document.querySelector(`[data-counted="${basis}"]`)?.dataset.planned;
    const button = row.querySelector(".cost-take");
    button.hidden = !planned || number(field(row, "quantity").value) === Number(planned);
    button.textContent = planned ? `Lấy ${spaced(planned)}` : "";
    button.dataset.take = planned ?? "";
  }

  grid.addEventListener("keydown", (event) => {
    const column = event.target.dataset?.column;
    if (!column || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || (event.target.matches("select") && event.key !== "Enter")) return;
    event.preventDefault(); // Enter saves only from a button
    const next = rows[rows.indexOf(event.target.closest("tr")) + step];
    const cell = next && field(next, column);
    cell?.focus();
    cell?.select?.();
  });
  grid.addEventListener("click", (event) => {
    const button = event.target.closest(".cost-take");
    if (!button) return;
    const cell = field(button.closest("tr"), "quantity");
    cell.value = spaced(button.dataset.take);
    cell.dispatchEvent(new Event("input", { bubbles: true }));
    cell.focus();
  });
  const changed = (event) => {
    offered(event.target.closest("tr"));
    summed();
  };
  grid.addEventListener("input", changed);
  grid.addEventListener("change", changed);
  rows.forEach(offered);
})();
