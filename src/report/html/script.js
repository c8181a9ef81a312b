"use strict";
(() => {
  const PAGE = 200;
  const form = document.getElementById("filter");
  const tables = [...document.querySelectorAll("table.list")].map((table) => ({
    table,
    body: table.tBodies[0],
    rows: [...table.tBodies[0].rows].map((row, at) => ({
      row,
      at,
      severity: row.dataset.severity,
      rank: Number(row.dataset.rank),
      policy: row.dataset.policy,
      path: row.dataset.path,
      line: Number(row.dataset.line),
      text: null,
    })),
    limit: PAGE,
    shown: [],
  }));
  let state = { q: "", policy: "", folder: "", severity: [], sort: "", order: "" };
  const SEVERITIES = ["error", "warning", "note"];

  const textOf = (entry) => {
    if (entry.text === null) {
      const facts = [...entry.row.querySelectorAll("dl")].map((list) => list.textContent);
      const title = entry.row.querySelector("summary").textContent;
      const policy = entry.row.querySelector(".policy").textContent;
      entry.text = [title, policy, entry.path, ...facts].join("\n").toLowerCase();
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
    what: (a, b) => compare(a.row.querySelector("summary").textContent, b.row.querySelector("summary").textContent),
  };

  let sorted = "";
  const sort = () => {
    const wanted = state.sort + " " + state.order;
    if (wanted === sorted) return;
    sorted = wanted;
    const key = KEYS[state.sort] || (() => 0);
    const way = state.order === "descending" ? -1 : 1;
    for (const list of tables) {
      list.rows.sort((a, b) => way * key(a, b) || a.at - b.at);
      const fragment = document.createDocumentFragment();
      for (const entry of list.rows) fragment.append(entry.row);
      list.body.append(fragment);
      for (const head of list.table.tHead.rows[0].cells) {
        if (head.dataset.sort === state.sort) head.setAttribute("aria-sort", state.order);
        else head.removeAttribute("aria-sort");
      }
    }
  };

  const show = (list) => {
    list.shown.forEach((entry, at) => {
      entry.row.hidden = at >= list.limit;
    });
    list.more.hidden = list.shown.length <= list.limit;
    list.next.textContent = "Show " + Math.min(PAGE, list.shown.length - list.limit) + " more";
    list.all.textContent = "Show all " + list.shown.length;
  };

  const apply = () => {
    const words = state.q.toLowerCase().split(/\s+/).filter((word) => word !== "");
    sort();
    for (const list of tables) {
      list.shown = [];
      for (const entry of list.rows) {
        if (matches(entry, words)) list.shown.push(entry);
        else entry.row.hidden = true;
      }
      show(list);
    }
    if (!form) return;
    const main = tables.find((list) => list.table.closest("#findings"));
    const count = form.querySelector("output");
    if (main) count.value = main.shown.length + " of " + main.rows.length + (main.rows.length === 1 ? " finding" : " findings");
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
    const target = fragment === "" ? null : document.getElementById(fragment);
    if (target && target.tagName === "TR") return open(target);
    if (target) return;
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

  const open = (row) => {
    const list = tables.find((list) => list.body.contains(row));
    const at = list.shown.findIndex((entry) => entry.row === row);
    if (at >= list.limit) {
      list.limit = at + 1;
      show(list);
    }
    row.hidden = false;
    row.querySelector("details").open = true;
    row.scrollIntoView({ block: "start" });
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
    list.next.addEventListener("click", () => { list.limit += PAGE; show(list); });
    list.all.addEventListener("click", () => { list.limit = Infinity; show(list); });
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
    for (const list of tables) list.shown.forEach((entry) => { entry.row.hidden = false; });
  });
  addEventListener("afterprint", () => tables.forEach(show));
  apply();
  read();
})();
