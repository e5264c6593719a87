// A folder of scenarios: a table with filters, and behind each row its trace.

class TableView {
  constructor(report, root) {
    this.report = report;
    this.root = root;
    this.table = element("main");
    this.page = element("main", { hidden: true });
    root.replaceChildren(this.table, this.page);
    this.draw();
    window.addEventListener("hashchange", () => this.follow());
    this.follow();
  }

  draw() {
    const { report } = this;
    this.words = element("input", { type: "search", placeholder: "R1, lost_write, dio \u2026", "aria-label": "Filter by words", oninput: () => this.filter() });
    this.which = element("select", { "aria-label": "Filter by result", onchange: () => this.filter() });
    const kinds = [["", "everything"], ["bad", "not ok"], ["trace", "with a trace"], ["holds", "holds"]];
    for (const [value, text] of kinds) this.which.append(element("option", { value }, text));
    this.shown = element("span", { class: "soft", "aria-live": "polite" });
    const counts = ["states", "transitions", "depth", "steps"];
    const body = element("tbody");
    this.rows = [];
    let scenario = null;
    for (const row of report.rows) {
      if (row.scenario !== scenario) {
        scenario = row.scenario;
        const heading = element("tr", { class: "scenario" }, element("td", { colspan: 8 }, row.scenario ? `${row.scenario}: ${report.rows.find((one) => one.scenario === row.scenario && one.title)?.title ?? ""}` : row.file));
        body.append(heading);
        this.rows.push({ heading, members: [] });
      }
      const line = this.line(row, counts);
      body.append(line);
      this.rows[this.rows.length - 1].members.push({ line, row });
    }
    const head = element("tr", {}, ...["variant", "found", ""].map((text) => element("th", { scope: "col" }, text)), ...counts.map((text) => element("th", { scope: "col", class: "count" }, text)), element("th", { scope: "col" }, "about"));
    this.table.replaceChildren(
      element("h1", {}, "Stalemate"),
      element("p", { class: report.good ? "verdict good" : "verdict bad" }, report.summary),
      element("nav", { class: "bar", "aria-label": "Filter" }, this.words, this.which, this.shown),
      element("table", { class: "rows" }, element("thead", {}, head), body),
    );
    this.filter();
  }

  line(row, counts) {
    const name = row.variant || row.scenario || row.file;
    const where = element("span", { class: "soft" }, ` ${row.file}:${row.line}`);
    return element(
      "tr",
      {},
      element("td", {}, row.trace === null ? element("code", {}, name) : element("a", { href: `#${encodeURIComponent(row.name)}` }, element("code", {}, name))),
      element("td", {}, row.found, ...row.reasons.map((reason) => element("span", { class: "reasons" }, reason))),
      element("td", {}, element("span", { class: `badge ${row.judgement.replace(" ", "-")}` }, row.judgement)),
      ...counts.map((count) => element("td", { class: "count" }, row[count] === null ? "" : row[count].toLocaleString("en").replaceAll(",", "\u202f"))),
      element("td", {}, row.notes || "", where),
    );
  }

  filter() {
    const words = this.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const kind = this.which.value;
    let shown = 0;
    for (const { heading, members } of this.rows) {
      let any = false;
      for (const { line, row } of members) {
        const text = [row.name, row.title, row.notes, row.found, row.file, row.judgement].join(" ").toLowerCase();
        const isKind = kind === "" || (kind === "bad" && !row.ok) || (kind === "trace" && row.trace !== null) || (kind === "holds" && row.found.startsWith("holds"));
        line.hidden = !isKind || !words.every((word) => text.includes(word));
        any = any || !line.hidden;
        shown += line.hidden ? 0 : 1;
      }
      heading.hidden = !any;
    }
    this.shown.textContent = `${shown} of ${this.report.rows.length}`;
  }

  // The trace that the address names, or the table.
  follow() {
    const [name] = decodeURIComponent(location.hash.slice(1)).split("&step=");
    const row = this.report.rows.find((one) => one.name === name && one.trace !== null);
    if (this.view) this.view.close();
    this.view = null;
    this.table.hidden = Boolean(row);
    this.page.hidden = !row;
    if (!row) return window.scrollTo(0, this.scroll || 0);
    this.scroll = window.scrollY;
    window.scrollTo(0, 0);
    this.view = new TraceView(data(`trace-${row.trace}`), this.page, () => history.back());
  }

  key(event) {
    if (event.key === "Escape" && this.view) location.hash = "";
    return this.view ? this.view.key(event) : false;
  }
}
