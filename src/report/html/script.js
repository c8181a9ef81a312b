"use strict";
(() => {
  const PAGE = 200;
  // Rows that are printed whether or not they were looked at.
  const PRINTED = 2000;
  const form = document.getElementById("filter");
  let sorted = "";
  const entryOf = (row) => ({
    row,
    at: Number(row.dataset.at),
    severity: row.dataset.severity,
    rank: Number(row.dataset.rank),
    policy: row.dataset.policy,
    path: row.dataset.path,
    line: Number(row.dataset.line),
    title: row.querySelector("summary").textContent,
    text: null,
  });
  const tables = [...document.querySelectorAll("table.list")].map((table) => ({
    table,
    body: table.tBodies[0],
    rows: [...table.tBodies[0].rows].map(entryOf),
    // Further rows stand here as text, which costs a browser with scripts nothing.
    rest: table.parentElement.querySelector("noscript.rest"),
    total: Number(table.dataset.total),
    limit: PAGE,
    shown: [],
  }));
  const load = (list) => {
    if (!list.rest) return;
    const parsed = new DOMParser().parseFromString(list.rest.textContent, "text/html");
    for (const row of parsed.querySelectorAll("tbody > tr")) list.rows.push(entryOf(row));
    list.rest.remove();
    list.rest = null;
    sorted = "";
  };
  const NONE = { q: "", policy: "", folder: "", severity: [], sort: "", order: "" };
  let state = { ...NONE };
  const SEVERITIES = ["error", "warning", "note"];

  const textOf = (entry) => {
    if (entry.text === null) {
      const facts = [...entry.row.querySelectorAll("dl")].map((list) => list.textContent);
      const policy = entry.row.querySelector(".policy").textContent;
      entry.text = [entry.title, policy, entry.path, ...facts].join("\n").toLowerCase();
    }
    return entry.text;
  };

  const folderOf = (path) => {
    const end = path.lastIndexOf("/");
    return end < 0 ? "." : path.slice(0, end) || "/";
  };

  const inFolder = (path, wanted) => {
    if (wanted === "") return true;
    const folder = folderOf(path);
    if (wanted === "." || wanted.endsWith("/.")) return folder === (wanted === "." ? "." : wanted.slice(0, -2));
    const plain = wanted.replace(/\/+$/, "");
    return folder === plain || folder.startsWith(plain + "/");
  };

  const matches = (entry, words) =>
    (state.policy === "" || entry.policy === state.policy) &&
    (state.severity.length === 0 || !SEVERITIES.includes(entry.severity) || state.severity.includes(entry.severity)) &&
    inFolder(entry.path, state.folder) &&
    words.every((word) => textOf(entry).includes(word));

  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const KEYS = {
    severity: (a, b) => a.rank - b.rank,
    policy: (a, b) => compare(a.policy, b.policy),
    place: (a, b) => compare(a.path, b.path) || a.line - b.line,
    what: (a, b) => compare(a.title, b.title),
  };

  const sort = () => {
    const wanted = state.sort + " " + state.order;
    if (wanted === sorted) return;
    sorted = wanted;
    const key = KEYS[state.sort] || (() => 0);
    const way = state.order === "descending" ? -1 : 1;
    for (const list of tables) {
      list.rows.sort((a, b) => way * key(a, b) || a.at - b.at);
      for (const head of list.table.tHead.rows[0].cells) {
        if (head.dataset.sort === state.sort) head.setAttribute("aria-sort", state.order);
        else head.removeAttribute("aria-sort");
      }
    }
  };

  const plain = () => state.q === "" && state.policy === "" && state.folder === "" && state.severity.length === 0 && state.sort === "";
  // Whatever is left unread has been found by no filter yet, so there is none.
  const count = (list) => (list.rest || plain() ? list.total : list.shown.length);

  const show = (list) => {
    const rows = list.shown.slice(0, list.limit).map((entry) => entry.row);
    const there = list.body.rows.length;
    const grows = there > 0 && rows.length > there && rows[0] === list.body.rows[0] && rows[there - 1] === list.body.rows[there - 1];
    if (grows) list.body.append(...rows.slice(there));
    else list.body.replaceChildren(...rows);
    const left = count(list) - rows.length;
    list.more.hidden = left <= 0;
    list.next.textContent = "Show " + Math.min(PAGE, left) + " more";
    // Ten thousand rows at once take a browser seconds.
    list.all.hidden = count(list) > PRINTED;
    list.all.textContent = "Show all " + count(list);
  };

  const apply = () => {
    const words = state.q.toLowerCase().split(/\s+/).filter((word) => word !== "");
    if (!plain()) tables.forEach(load);
    sort();
    for (const list of tables) {
      list.shown = list.rows.filter((entry) => matches(entry, words));
      show(list);
    }
    if (!form) return;
    const main = tables.find((list) => list.table.closest("#findings"));
    if (main) form.querySelector("output").value = count(main) + " of " + main.total + (main.total === 1 ? " finding" : " findings");
  };

  const write = () => {
    const said = new URLSearchParams();
    for (const key of ["q", "policy", "folder", "sort", "order"]) if (state[key] !== "") said.set(key, state[key]);
    if (state.severity.length > 0) said.set("severity", state.severity.join(","));
    const fragment = said.toString();
    if (fragment !== location.hash.slice(1)) history.replaceState(null, "", fragment === "" ? location.pathname + location.search : "#" + fragment);
  };

  // A fragment is a state, or names a row or section.
  const read = () => {
    const fragment = location.hash.slice(1);
    if (/^(finding|existing|open|suppressed)-\d+$/.test(fragment)) return open(fragment);
    if (fragment !== "" && document.getElementById(fragment)) return;
    const said = new URLSearchParams(fragment);
    const order = said.get("order") === "descending" ? "descending" : "ascending";
    const known = Object.hasOwn(KEYS, said.get("sort") || "");
    state = {
      q: said.get("q") || "",
      policy: said.get("policy") || "",
      folder: said.get("folder") || "",
      severity: (said.get("severity") || "").split(",").filter((word) => SEVERITIES.includes(word)),
      sort: known ? said.get("sort") : "",
      order: known ? order : "",
    };
    for (const list of tables) list.limit = PAGE;
    fill();
    apply();
    if (fragment !== "" && form && !form.contains(document.activeElement)) form.scrollIntoView({ block: "start" });
  };

  const fill = () => {
    if (!form) return;
    form.elements.q.value = state.q;
    form.elements.policy.value = state.policy;
    form.elements.folder.value = state.folder;
    for (const box of form.querySelectorAll("[name=severity]")) {
      box.checked = state.severity.length === 0 || state.severity.includes(box.value);
    }
  };

  const open = (id) => {
    for (const list of tables) {
      if (!list.rows.some((entry) => entry.row.id === id)) load(list);
      const entry = list.rows.find((entry) => entry.row.id === id);
      if (!entry) continue;
      if (!list.shown.includes(entry)) {
        state = { ...NONE };
        fill();
        apply();
      }
      list.limit = Math.max(list.limit, list.shown.indexOf(entry) + 1);
      show(list);
      entry.row.querySelector("details").open = true;
      entry.row.scrollIntoView({ block: "start" });
    }
  };

  const changed = () => {
    const boxes = [...form.querySelectorAll("[name=severity]:not(:disabled)")];
    const checked = boxes.filter((box) => box.checked).map((box) => box.value);
    state.q = form.elements.q.value;
    state.policy = form.elements.policy.value;
    state.folder = form.elements.folder.value.trim();
    // None is all: an empty list would only look as if nothing was wrong.
    state.severity = checked.length === boxes.length ? [] : checked;
    for (const list of tables) list.limit = PAGE;
    write();
    apply();
  };

  for (const list of tables) {
    for (const head of list.table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.addEventListener("click", () => {
        const same = state.sort === head.dataset.sort;
        state.order = same && state.order === "ascending" ? "descending" : "ascending";
        state.sort = head.dataset.sort;
        write();
        apply();
      });
      head.replaceChildren(button);
    }
    list.more = document.createElement("p");
    list.more.className = "more";
    list.next = document.createElement("button");
    list.all = document.createElement("button");
    for (const button of [list.next, list.all]) button.type = "button";
    const widen = (limit) => {
      load(list);
      list.limit = limit;
      apply();
    };
    list.next.addEventListener("click", () => widen(list.limit + PAGE));
    list.all.addEventListener("click", () => widen(Infinity));
    list.more.append(list.next, list.all);
    list.table.after(list.more);
  }
  if (form) {
    form.hidden = false;
    form.addEventListener("input", changed);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => {
      state.sort = state.order = "";
      changed();
    }));
  }
  addEventListener("hashchange", read);
  addEventListener("beforeprint", () => {
    for (const list of tables) {
      load(list);
      list.limit = Math.max(list.limit, PRINTED);
    }
    apply();
  });
  apply();
  read();
  // So that the first filter is as quick as the others.
  const idle = window.requestIdleCallback || ((work) => setTimeout(work, 500));
  for (const list of tables) idle(() => load(list));
})();
