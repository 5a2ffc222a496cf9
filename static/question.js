// A question as it is written: shows what its kind asks for. Without it everything is shown.
(() => {
  "use strict";
  const form = document.querySelector("[data-question-form]");
  if (!form) return;
  function show() {
    const kind = form.querySelector("input[name=kind]:checked")?.value ?? "";
    for (const part of form.querySelectorAll("[data-of]")) part.hidden = !part.dataset.of.split(" ").includes(kind);
  }
  form.addEventListener("change", show);
  show();
})();
