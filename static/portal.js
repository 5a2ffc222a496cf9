// The little that pages need beyond htmx and Bootstrap. Every page works without it.
(() => {
  "use strict";
  const notices = () => document.getElementById("thong-bao");

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  // <form data-confirm="Câu hỏi"> or <button data-confirm="…">
  document.addEventListener("submit", (event) => {
    const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });

  // <select data-submit>: choosing sends its form
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  });

  // A long form says so before the page is left with something unsaved: <form data-guard>
  let unsaved = false;
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-guard]")) unsaved = true;
  });
  document.addEventListener("submit", (event) => {
    // A search beside the form leaves it; sending it, or another act, does not.
    if (!event.defaultPrevented && event.target.method !== "get") unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  // The keyboard starts where something is wrong
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelector("form .is-invalid, form .alert-danger")?.scrollIntoView({ block: "center" });
    document.querySelector("form input.is-invalid, form select.is-invalid, form textarea.is-invalid")?.focus();
  });

  function say(text) {
    const box = document.createElement("div");
    box.className = "alert alert-warning";
    box.setAttribute("role", "alert");
    box.textContent = text;
    notices()?.replaceChildren(box);
  }
  document.addEventListener("htmx:sendError", () => {
    say("Mất kết nối với máy chủ. Những gì anh/chị đã nhập vẫn còn trên trang; kiểm tra mạng rồi bấm lại.");
  });
  document.addEventListener("htmx:timeout", () => {
    say("Máy chủ trả lời chậm. Những gì anh/chị đã nhập vẫn còn trên trang; chờ một lát rồi bấm lại.");
  });
  document.addEventListener("htmx:responseError", (event) => {
    const text = event.detail.xhr.getResponseHeader("X-Portal-Message");
    say(text ? decodeURIComponent(text) : "Máy chủ chưa làm được việc này. Những gì đã nhập vẫn còn trên trang; bấm Lưu để thử lại.");
  });
})();
