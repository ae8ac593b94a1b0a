// What the console does beyond links and forms: tables that sort and filter, keys, and colours of
// legends, for which the policy permits no style in markup. Without it every page can be read.
(function () {
  "use strict";
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));

  function colours() {
    all("[data-colour]").forEach((mark) => {
      const colour = mark.dataset.colour;
      mark.style.background = colour.startsWith("--") ? `var(${colour})` : colour;
    });
  }

  // Tables: a click on a head sorts, a word filters. Numbers stand in data elements.
  function worth(cell) {
    const figure = cell.querySelector("data");
    const text = figure ? figure.value : cell.textContent.trim();
    const number = Number(text.replaceAll(",", ""));
    return text === "" || text === "–" ? null : Number.isNaN(number) ? text : number;
  }

  function compare(a, b) {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1; // no figure goes last
    return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), document.documentElement.lang);
  }

  function sort(head) {
    const body = head.closest("table").tBodies[0];
    const down = head.getAttribute("aria-sort") !== "descending" && (head.classList.contains("n") || head.getAttribute("aria-sort") === "ascending");
    all("th", head.parentElement).forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = Array.from(body.rows).map((row) => [worth(row.cells[head.cellIndex]), row]);
    rows.sort(([a], [b]) => (down && a !== null && b !== null ? -compare(a, b) : compare(a, b)));
    body.append(...rows.map(([, row]) => row));
  }

  function filter(field) {
    const wanted = field.value.trim().toLowerCase();
    const table = document.getElementById(field.getAttribute("aria-controls"));
    all("tbody tr", table).forEach((row) => {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
    });
  }

  document.addEventListener("click", (event) => {
    const head = event.target.closest("th");
    if (head && event.target.closest("button")) sort(head);
    const copied = event.target.closest("[data-copies]");
    if (copied) navigator.clipboard?.writeText(document.getElementById(copied.dataset.copies).textContent.trim());
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-filters]")) filter(event.target);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
  });

  // Keys: j and k walk through the alerts, a acknowledges, c opens the note with which one is closed.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const alerts = all(".alerts > li");
    const here = alerts.indexOf(document.activeElement.closest(".alerts > li"));
    const go = { j: here + 1, k: Math.max(here - 1, 0) }[event.key];
    if (go !== undefined && alerts[go]) alerts[go].focus();
    if (here >= 0 && event.key === "a") alerts[here].querySelector("[data-key='a']")?.click();
    if (here >= 0 && event.key === "c") {
      const more = alerts[here].querySelector("details");
      if (more) {
        more.open = true;
        more.querySelector("input:not([type=hidden])").focus();
        event.preventDefault();
      }
    }
  });

  // The stream of alerts: say when it is lost, and when it is back.
  function stream(there) {
    all("[data-stream]").forEach((mark) => {
      mark.classList.toggle("lost", !there);
      mark.textContent = there ? mark.dataset.there : mark.dataset.lost;
    });
  }
  document.addEventListener("htmx:sse:after:connection", () => stream(true));
  document.addEventListener("htmx:sse:error", () => stream(false));
  document.addEventListener("htmx:after:swap", () => {
    colours();
    document.dispatchEvent(new Event("salus:draw"));
  });

  // A link into what is folded away opens it.
  function unfold() {
    const there = document.getElementById(location.hash.slice(1));
    if (there && there.tagName === "DETAILS") there.open = true;
  }
  window.addEventListener("hashchange", unfold);
  unfold();
  colours();
})();
