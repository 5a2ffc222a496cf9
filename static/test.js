// A test on a phone: keeps each answer as it is chosen, shows the time left, moves the lines of an order.
// Without it the page works too: everything is sent by the button.
(() => {
  "use strict";
  const form = document.getElementById("lam-bai");
  if (!form) return;
  const clock = form.querySelector("[data-clock]");
  const counted = form.querySelector("[data-count]");
  const saved = form.querySelector("[data-saved]");
  const questions = [...form.querySelectorAll("[data-question]")];
  const unsaved = new Set();
  const ends = Date.now() + Number(form.dataset.left) * 1000;
  let waiting = 0, sending = false, failures = 0, leaving = false;

  const isAnswered = (question) => question.dataset.question === "order"
    ? [...question.querySelectorAll("select")].every((each) => each.value)
    : question.querySelector("input:checked") !== null;

  function count() {
    counted.textContent = `Đã trả lời ${questions.filter(isAnswered).length}/${questions.length}`;
  }

  function packed(some) {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append("do", "luu");
    for (const question of some) {
      for (const field of question.querySelectorAll("input, select")) {
        if ((field.type !== "radio" && field.type !== "checkbox") || field.checked) data.append(field.name, field.value);
      }
    }
    return data;
  }

  async function save() {
    if (sending || leaving || !unsaved.size) return;
    const some = [...unsaved];
    unsaved.clear();
    sending = true;
    try {
      const answer = await fetch(location.href, { method: "POST", body: packed(some), credentials: "same-origin" });
      if (answer.status === 409) { leaving = true; location.reload(); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      failures = 0;
      if (!unsaved.size) saved.textContent = "Đã giữ";
    } catch {
      some.forEach((each) => unsaved.add(each));
      failures += 1;
      saved.textContent = "Mất mạng: chưa giữ được, đang thử lại";
    } finally {
      sending = false;
    }
    if (unsaved.size) later(failures ? Math.min(2000 * failures, 15000) : 600);
  }

  function later(milliseconds) {
    clearTimeout(waiting);
    waiting = setTimeout(save, milliseconds);
  }

  function touched(question) {
    question.querySelector("input[type=hidden]").value = "-";
    unsaved.add(question);
    saved.textContent = "Đang giữ…";
    count();
    later(600);
  }

  form.addEventListener("change", (event) => {
    const question = event.target.closest("[data-question]");
    if (!question) return;
    if (event.target.matches("select") && event.target.value) {  // a place belongs to one line
      for (const other of question.querySelectorAll("select")) {
        if (other !== event.target && other.value === event.target.value) other.value = "";
      }
    }
    touched(question);
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const line = button.closest("li");
    const other = button.dataset.move === "1" ? line.nextElementSibling : line.previousElementSibling;
    if (other) button.dataset.move === "1" ? other.after(line) : other.before(line);
    [...line.parentElement.querySelectorAll("select")].forEach((each, at) => { each.value = String(at + 1); });
    button.focus();
    touched(line.closest("[data-question]"));
  });

  form.addEventListener("submit", (event) => {
    const left = questions.length - questions.filter(isAnswered).length;
    if (!leaving && left && !window.confirm(`Còn ${left} câu chưa trả lời. Vẫn nộp bài?`)) {
      event.preventDefault();
      return;
    }
    leaving = true;
    clearTimeout(waiting);
  });

  function keepNow() {
    if (unsaved.size && !leaving) navigator.sendBeacon(location.href, packed(unsaved));
  }
  document.addEventListener("visibilitychange", () => { if (document.hidden) keepNow(); });
  window.addEventListener("pagehide", keepNow);
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  window.addEventListener("online", () => later(0));

  function tick() {
    const seconds = Math.max(0, Math.round((ends - Date.now()) / 1000));
    clock.textContent = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
    form.querySelector(".test-bar").classList.toggle("is-late", seconds < 60);
    if (seconds > 0) return;
    clearInterval(ticking);
    leaving = true;
    form.requestSubmit(form.querySelector("[data-hand-in]"));
  }
  clock.previousSibling.textContent = "Còn lại ";
  const ticking = setInterval(tick, 1000);
  tick();
  count();
})();
