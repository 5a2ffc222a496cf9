// The page of a session by keyboard: type a name, arrows, 1–4; marks go to the server in batches as they are made.
// What is not sent yet stays in the page and in this browser (numbers and states only, no names) and is sent again.
(() => {
  "use strict";
  const form = document.querySelector("form.attendance");
  if (!form) return;
  const WORDS = { present: "Có mặt", late: "Muộn", excused: "Có phép", absent: "Vắng" };
  const KEYS = { 1: "present", 2: "late", 3: "excused", 4: "absent" };
  const WAITS = [2000, 5000, 15000, 30000];
  const MOST = 250;
  const { url, store, source } = form.dataset;
  const list = form.querySelector(".marks");
  const find = form.querySelector("#tim-ten");
  const reason = form.querySelector("#ly-do");
  const told = form.querySelector("[data-said]");
  const spoken = form.querySelector("[data-here]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  let seen = Number(form.dataset.seen);
  let current = null;
  let typed = "";
  let timer = 0;
  let isSending = false;
  let failures = 0;
  let isStopped = false; // signed out or the session was closed: nothing is tried again by itself

  const rows = [...list.children].map((line) => ({
    line,
    id: Number(line.dataset.trainee),
    version: Number(line.dataset.version),
    saved: line.dataset.state,
    wanted: "", // "" while nothing waits to be sent
    sent: "",
    isDisputed: false,
    find: line.dataset.find,
    said: line.querySelector(".mark-said"),
    inputs: [...line.querySelectorAll("input[type=radio]")],
  }));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const restButton = form.querySelector("[data-rest]");
  const ASK = restButton.dataset.confirm;
  delete restButton.dataset.confirm; // else portal.js asks as well
  form.querySelector("[data-plain]").hidden = true;
  rows.forEach((row) => row.inputs.forEach((input) => (input.tabIndex = -1)));

  // What is kept in this browser -------------------------------------------------------------------
  function keep() {
    const waiting = rows.filter((row) => row.wanted || row.sent);
    try {
      if (waiting.length === 0) localStorage.removeItem(store);
      else {
        const kept = waiting.map((row) => [row.id, row.wanted || row.sent, row.version]);
        localStorage.setItem(store, JSON.stringify(kept));
      }
    } catch {
      // a browser that keeps nothing: the page still does
    }
  }

  function restore() {
    let kept = [];
    try {
      kept = JSON.parse(localStorage.getItem(store) ?? "[]");
    } catch {
      kept = [];
    }
    for (const [id, state, version] of kept) {
      const row = byId.get(id);
      if (!row || !(state in WORDS) || row.saved === state) continue;
      row.version = version; // as it was seen then: what somebody wrote since is shown, not overwritten
      row.wanted = state;
      show(row, "unsent", "chưa gửi");
    }
    keep();
  }

  // What a row shows -------------------------------------------------------------------------------
  function show(row, status, text) {
    const state = row.wanted || row.sent || row.saved;
    row.line.dataset.state = state;
    row.line.dataset.status = status;
    row.inputs.forEach((input) => (input.checked = input.value === state));
    row.said.textContent = text;
    count();
  }

  function count() {
    const counts = { present: 0, late: 0, excused: 0, absent: 0, "": 0 };
    rows.forEach((row) => {
      if ("own" in row.line.dataset) counts[row.line.dataset.state] += 1;
    });
    form.querySelectorAll("[data-count]").forEach((place) => (place.textContent = counts[place.dataset.count]));
  }

  function tell(text = "", isBad = false) {
    if (text) {
      told.textContent = text;
      told.classList.toggle("bad", isBad);
      return;
    }
    const waiting = rows.filter((row) => (row.wanted || row.sent) && !row.isDisputed).length;
    const disputed = rows.filter((row) => row.isDisputed).length;
    told.classList.toggle("bad", disputed > 0);
    told.textContent = disputed
      ? `${disputed} dòng người khác đã ghi khác: chọn ở dòng có chữ đỏ.`
      : waiting ? `Đang ghi ${waiting} người …` : "Đã ghi hết.";
  }

  function dispute(row, mine, text) {
    row.isDisputed = true;
    row.wanted = mine;
    row.line.dataset.status = "refused";
    row.line.dataset.state = row.saved;
    row.inputs.forEach((input) => (input.checked = input.value === row.saved));
    const theirs = document.createElement("button");
    const ours = document.createElement("button");
    theirs.type = ours.type = "button";
    theirs.className = ours.className = "btn btn-sm btn-outline-primary";
    theirs.textContent = `Giữ “${WORDS[row.saved]}”`;
    ours.textContent = `Ghi “${WORDS[mine]}”`;
    theirs.addEventListener("click", () => settle(row, ""));
    ours.addEventListener("click", () => settle(row, mine));
    row.said.replaceChildren(`${text} `, theirs, ours);
    count();
  }

  function settle(row, state) {
    row.isDisputed = false;
    row.wanted = "";
    if (state && state !== row.saved) {
      choose(row, state);
    } else {
      show(row, "saved", "giữ như đã ghi");
      keep();
      tell();
    }
    go(row);
    ready();
  }

  // Choosing and sending ---------------------------------------------------------------------------
  function choose(row, state) {
    row.isDisputed = false;
    row.wanted = state === (row.sent || row.saved) ? "" : state;
    show(row, row.wanted || row.sent ? "waiting" : "saved", row.wanted ? "đang ghi …" : "");
    keep();
    if (row.wanted) later(300);
    tell();
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  }

  async function send() {
    clearTimeout(timer);
    if (isSending) return;
    const batch = rows.filter((row) => row.wanted && !row.sent && !row.isDisputed).slice(0, MOST);
    if (batch.length === 0) return;
    if (!form.querySelector("[data-reason]").hidden && !reason.value.trim()) {
      batch.forEach((row) => show(row, "unsent", "chưa gửi: cần lý do sửa"));
      tell("Buổi đã chốt điểm danh: ghi lý do sửa ở ô trên, các dòng sẽ được gửi.", true);
      return;
    }
    isSending = true;
    const marks = batch.map((row) => ({ trainee: row.id, state: row.wanted, version: row.version }));
    batch.forEach((row) => {
      row.sent = row.wanted;
      row.wanted = "";
    });
    let answer = null;
    let status = 0;
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token, "HX-Request": "true" },
        body: JSON.stringify({ marks, seen, source, reason: reason.value }),
        signal: AbortSignal.timeout(20000),
      });
      status = response.status;
      if (status === 200 || status === 422) answer = await response.json();
    } catch {
      status = 0; // no network, or an answer that is none
    }
    isSending = false;
    if (answer?.rows) return taken(batch, answer);
    batch.forEach((row) => {
      row.wanted = row.wanted || row.sent;
      row.sent = "";
      show(row, "unsent", "chưa gửi được");
    });
    keep();
    failed(status, answer);
  }

  function failed(status, answer) {
    if (status === 422) {
      if (answer.needs_reason) form.querySelector("[data-reason]").hidden = false;
      tell(answer.message, true);
    } else if ([401, 403, 404].includes(status)) {
      isStopped = true;
      const again = document.createElement("a");
      again.href = location.href;
      again.textContent = "Tải lại trang";
      told.classList.add("bad");
      told.replaceChildren("Phiên làm việc đã khoá nên chưa gửi được. ", again, " và đăng nhập: các dòng chưa gửi vẫn còn trong máy này.");
    } else {
      const wait = WAITS[Math.min(failures, WAITS.length - 1)];
      failures += 1;
      tell(`Chưa gửi được (mất mạng hoặc máy chủ bận). Vẫn giữ trong máy này, tự gửi lại sau ${wait / 1000} giây; cứ điểm danh tiếp.`, true);
      later(wait);
    }
  }

  function taken(batch, answer) {
    failures = 0;
    seen = answer.seen;
    for (const each of answer.rows) {
      const row = byId.get(each.trainee);
      const mine = row.sent;
      row.sent = "";
      row.saved = each.state || row.saved;
      row.version = each.version || row.version;
      if (!each.refusal) show(row, row.wanted ? "waiting" : "saved", row.wanted ? "đang ghi …" : "đã ghi");
      else if (each.state && each.by) dispute(row, row.wanted || mine, `${each.refusal} (${each.at})`);
      else {
        row.wanted = "";
        show(row, "refused", each.refusal);
      }
    }
    let isNew = false;
    for (const each of answer.others) {
      const row = byId.get(each.trainee);
      if (!row) {
        isNew = true;
        continue;
      }
      if (row.version >= each.version) continue;
      row.saved = each.state;
      if (row.wanted || row.sent) continue; // its own answer will say so
      row.version = each.version;
      show(row, "", `${each.at} ${each.by}`);
    }
    keep();
    tell();
    if (isNew) tell("Có người học ghép mới được ghi ở máy khác: tải lại trang để thấy.");
    if (rows.some((row) => row.wanted && !row.isDisputed)) later(0);
  }

  // Moving and finding -----------------------------------------------------------------------------
  const isSeen = (row) => row.line.offsetParent !== null;

  function go(row) {
    if (!row) return;
    current?.line.classList.remove("mark-here");
    current?.line.removeAttribute("aria-current");
    current = row;
    row.line.classList.add("mark-here");
    row.line.setAttribute("aria-current", "true");
    row.line.scrollIntoView({ block: "nearest", behavior: "instant" });
    const state = row.line.dataset.state;
    const name = row.line.querySelector(".mark-name b").textContent;
    spoken.textContent = `${name}, ${state ? WORDS[state] : "chưa điểm danh"}`;
  }

  function step(by) {
    const shown = rows.filter(isSeen);
    const place = shown.indexOf(current);
    go(shown[Math.max(0, Math.min(shown.length - 1, place < 0 ? 0 : place + by))]);
  }

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d").replace(/\s+/g, " ").trim();

  function matches(text) {
    // The given name first (people are called by it), then the start of any word, then every word anywhere.
    const words = text.split(" ");
    const given = rows.filter((row) => row.find.slice(row.find.lastIndexOf(" ") + 1).startsWith(text));
    const start = rows.filter((row) => ` ${row.find}`.includes(` ${text}`));
    const anywhere = rows.filter((row) => words.every((word) => ` ${row.find}`.includes(` ${word}`)));
    return [...new Set([...given, ...start, ...anywhere])].filter(isSeen);
  }

  function search() {
    typed = fold(find.value);
    const found = typed ? matches(typed) : [];
    rows.forEach((row) => row.line.classList.toggle("mark-found", found.includes(row)));
    if (found.length) go(found[0]);
    if (typed) tell(found.length ? `${found.length} người khớp; Enter: người sau` : "Không có ai tên như vậy trong buổi này.", !found.length);
    else tell();
  }

  function next() {
    const found = typed ? matches(typed) : [];
    if (found.length) go(found[(found.indexOf(current) + 1) % found.length]);
    else step(1);
  }

  const ready = () => {
    // on a phone the keyboard on screen would cover the list
    if (window.matchMedia("(pointer: fine)").matches) find.focus({ preventScroll: true });
  };

  const forget = () => {
    if (!find.value) return;
    find.value = "";
    typed = "";
    rows.forEach((row) => row.line.classList.remove("mark-found"));
  };

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (target.matches("input:not([type=radio]):not([type=checkbox]):not(#tim-ten), textarea, select")) return;
    if (["Enter", " "].includes(key) && target.matches("a, button, summary, [data-only]")) return;
    if (key in KEYS) {
      event.preventDefault();
      if (!current) return;
      choose(current, KEYS[key]);
      const wasFound = Boolean(find.value);
      forget();
      if (!wasFound) step(1); // down the list; after a name was typed the person stays in sight
    } else if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      step(key === "ArrowDown" ? 1 : -1);
    } else if (key === "PageDown" || key === "PageUp") {
      event.preventDefault();
      step(key === "PageDown" ? 10 : -10);
    } else if (["Home", "End"].includes(key) && !find.value) {
      event.preventDefault();
      step(key === "Home" ? -rows.length : rows.length);
    } else if (key === "Enter") {
      event.preventDefault();
      next();
    } else if (key === "Escape") {
      forget();
      tell();
    } else if (key.length === 1 && /\p{L}/u.test(key) && target !== find) {
      find.focus(); // the letter itself arrives there
    }
  });
  find.addEventListener("input", search);

  list.addEventListener("change", (event) => {
    const row = byId.get(Number(event.target.closest(".mark-row").dataset.trainee));
    go(row);
    choose(row, event.target.value);
  });
  list.addEventListener("click", (event) => {
    const line = event.target.closest(".mark-row");
    if (line) go(byId.get(Number(line.dataset.trainee)));
  });

  // With script the button marks the rows of this page, which are sent like any other; it asks here, once.
  form.addEventListener("submit", (event) => {
    const isRest = !event.defaultPrevented && event.submitter?.dataset.rest !== undefined;
    event.preventDefault();
    if (!isRest || !window.confirm(ASK)) return;
    const rest = rows.filter((row) => "own" in row.line.dataset && !row.saved && !row.wanted && !row.sent);
    rest.forEach((row) => choose(row, "present"));
  });

  form.querySelector("[data-only]").addEventListener("change", (event) => {
    list.classList.toggle("marks-unmarked", event.target.checked);
    if (current && !isSeen(current)) step(0);
  });
  reason.addEventListener("input", () => later(1200));
  reason.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    later(0);
  });
  window.addEventListener("online", () => !isStopped && later(0));
  document.addEventListener("visibilitychange", () => document.hidden && !isStopped && send());
  window.addEventListener("beforeunload", (event) => {
    if (!isStopped && rows.some((row) => row.wanted || row.sent)) event.preventDefault();
  });

  restore();
  go(rows.find((row) => !row.saved && !row.wanted) ?? rows[0]);
  ready();
  if (rows.some((row) => row.wanted)) {
    tell("Có dòng chưa gửi từ lần trước, đang gửi …");
    later(0);
  }
})();
