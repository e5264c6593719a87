// One trace: lanes, the selected step and what it changes, panels of the state.

class TraceView {
  constructor(trace, root, back) {
    this.trace = trace;
    this.root = root;
    this.count = trace.steps.length;
    this.folded = this.count > 40 && trace.steps.some((step) => !step.matters);
    this.all = false;
    this.states = this.computeStates();
    this.boxes = [];
    root.replaceChildren(...this.head(back), this.bar(), element("div", { class: "two" }, this.lanes = element("div", { class: "lanes" }), this.state = element("section", { class: "state", "aria-label": "State" })));
    this.drawLanes();
    const asked = /step=(\d+)/.exec(location.hash);
    this.select(asked ? Number(asked[1]) : this.firstChoice(), false);
    this.resizing = new ResizeObserver(() => this.drawArrows());
    this.resizing.observe(this.lanes);
  }

  close() {
    this.resizing.disconnect();
  }

  // The step that did the harm; else the last.
  firstChoice() {
    const harm = this.trace.steps.findIndex((step) => step.harm);
    return harm >= 0 ? harm + 1 : this.count;
  }

  // Values of all cells at every moment; moment 0 is before the first step.
  computeStates() {
    const states = [this.trace.cells.map((cell) => cell.initial)];
    for (const step of this.trace.steps) {
      const next = states[states.length - 1].slice();
      for (const [cell, value] of step.set) next[cell] = value;
      states.push(next);
    }
    return states;
  }

  // The last step up to a moment that wrote the cell; 0 if nobody has.
  writer(cell, moment) {
    for (let i = moment; i > 0; --i)
      if (this.trace.steps[i - 1].set.some(([written]) => written === cell)) return i;
    return 0;
  }

  head(back) {
    const { trace } = this;
    const asked = element("dl");
    for (const { label, text } of trace.head) asked.append(element("dt", {}, label), element("dd", {}, text));
    const story = element("div", { class: trace.good ? "story good" : "story" });
    for (const line of trace.story)
      story.append(
        element(
          "p",
          {},
          line.step === null ? null : element("span", { class: "step" }, this.link(line.step)),
          withArrow(line.text),
        ),
      );
    return [
      ...(back ? [element("button", { class: "back", onclick: back }, "\u2190 all scenarios")] : []),
      element("h1", {}, trace.title),
      element("p", { class: trace.good ? "verdict good" : "verdict bad" }, trace.verdict),
      element("details", { class: "asked", open: true }, element("summary", {}, "What was asked"), asked),
      story,
      ...waitGraph(trace),
    ];
  }

  link(step) {
    return element("button", { class: "link", onclick: () => this.select(step) }, `step ${step}`);
  }

  bar() {
    const button = (text, title, action) => element("button", { title, "aria-label": title, onclick: action }, text);
    this.first = button("\u21e4", "Before the first step (Home)", () => this.select(0));
    this.previous = button("\u25c0", "One step back (\u2190)", () => this.move(-1));
    this.next = button("\u25b6", "One step on (\u2192)", () => this.move(1));
    this.last = button("\u21e5", "The last step (End)", () => this.select(this.count));
    this.at = element("span", { class: "at", "aria-live": "polite" });
    this.fold = element("input", { type: "checkbox", onchange: () => this.setFolded(this.fold.checked) });
    this.fold.checked = this.folded;
    const everything = element("input", {
      type: "checkbox",
      onchange: () => {
        this.all = everything.checked;
        this.drawState();
      },
    });
    return element(
      "nav",
      { class: "bar", "aria-label": "Steps" },
      this.first,
      this.previous,
      this.at,
      this.next,
      this.last,
      element("label", {}, this.fold, "only what matters (f)"),
      element("label", {}, everything, "all values"),
      element("span", { class: "soft" }, "beside a value: the step that wrote it"),
    );
  }

  setFolded(folded) {
    this.folded = folded;
    this.fold.checked = folded;
    this.drawLanes();
    this.select(this.current, false);
  }

  isShown(step) {
    return !this.folded || step === this.current || this.trace.steps[step - 1].matters;
  }

  // The next step in this direction that is shown.
  move(by) {
    let step = this.current + by;
    while (step > 0 && step < this.count && this.folded && !this.trace.steps[step - 1].matters) step += by;
    this.select(step);
  }

  drawLanes() {
    const { trace } = this;
    const header = element("tr", {}, element("th", { class: "number" }));
    for (const process of trace.processes)
      header.append(
        element("th", { scope: "col" }, process.name, process.starved ? element("span", { class: "bad" }, " (starved)") : null),
      );
    const body = element("tbody");
    const width = trace.processes.length + 1;
    const note = (text, mark) =>
      body.append(element("tr", { class: mark ? "note mark" : "note" }, element("td", { colspan: width }, text)));
    let hidden = 0;
    const gap = () => {
      if (hidden > 0) note(`\u2026 ${plural(hidden, "step")}`, false);
      hidden = 0;
    };
    this.boxes = [];
    for (let i = 1; i <= this.count; ++i) {
      if (trace.loop === i) {
        gap();
        note("\u21bb the loop: from here on, again and again", true);
      }
      if (!this.isShown(i)) {
        ++hidden;
        continue;
      }
      gap();
      body.append(this.row(i));
    }
    gap();
    if (trace.loop !== null) note(`\u21ba the loop goes back to step ${trace.loop}`, true);
    // Narrower lanes break every word; the page scrolls instead.
    const style = `min-width: ${3 + 9 * trace.processes.length}rem`;
    this.lanes.classList.toggle("wide", trace.processes.length > 6);
    this.lanes.replaceChildren(element("table", { style }, element("thead", {}, header), body), (this.arrows = svg("svg", { "aria-hidden": "true" })));
  }

  row(number) {
    const { trace } = this;
    const step = trace.steps[number - 1];
    const before = trace.steps[number - 2];
    const isSame = before && before.process === step.process && before.function === step.function && !this.folded;
    const kinds = ["box", step.harm ? "harm" : "", step.matters ? "" : "minor"].filter(Boolean).join(" ");
    const box = element(
      "button",
      { class: kinds, onclick: () => this.select(number) },
      isSame ? null : element("span", { class: "function" }, ...breakable(step.function)),
      step.phrase,
      ...this.told(step).map((detail) =>
        element(
          "span",
          { class: `detail ${detail.kind}${detail.mark ? " marked" : ""}` },
          ...breakable(withArrow(detail.text) + (detail.mark ? `   \u2190 ${detail.mark}` : "")),
        ),
      ),
      step.mark ? element("span", { class: "detail marked" }, `\u2190 ${step.mark}`) : null,
    );
    this.boxes[number] = box;
    const isInLoop = trace.loop !== null && number >= trace.loop;
    const row = element("tr", { class: isInLoop ? "loop" : null }, element("td", { class: "number" }, String(number)));
    trace.processes.forEach((_, lane) => row.append(element("td", { class: "lane" }, lane === step.process ? box : null)));
    return row;
  }

  // What has to be read in its lane; the rest is told of the selected step.
  told(step) {
    const isTold = (detail) => detail.mark || detail.kind === "stale" || (step.matters && detail.kind === "change");
    return step.details.filter(isTold);
  }

  drawArrows() {
    const { trace, arrows } = this;
    const base = this.lanes.getBoundingClientRect();
    const table = this.lanes.firstChild;
    const kinds = ["plain", "stale"];
    arrows.setAttribute("width", table.scrollWidth);
    arrows.setAttribute("height", table.scrollHeight);
    arrows.replaceChildren(
      svg(
        "defs",
        {},
        ...kinds.map((kind) =>
          svg("marker", { id: `head-${kind}`, class: kind, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, markerUnits: "userSpaceOnUse", orient: "auto" }, svg("path", { d: "M0,0 L8,4 L0,8 z" })),
        ),
      ),
    );
    const place = (box) => {
      const r = box.getBoundingClientRect();
      return { left: r.left - base.left + this.lanes.scrollLeft, right: r.right - base.left + this.lanes.scrollLeft, middle: r.top - base.top + r.height / 2, top: r.top - base.top, bottom: r.bottom - base.top };
    };
    const arrow = (from, to, kind, marker) => {
      if (!this.boxes[from] || !this.boxes[to]) return;
      const a = place(this.boxes[from]);
      const b = place(this.boxes[to]);
      let path;
      if (a.right <= b.left) path = curve(a.right, a.middle, b.left, b.middle);
      else if (b.right <= a.left) path = curve(a.left, a.middle, b.right, b.middle);
      else path = `M${a.left + 4},${a.bottom} C${a.left - 14},${a.bottom + 20} ${b.left - 14},${b.top - 20} ${b.left + 4},${b.top}`;
      const near = from === this.current || to === this.current ? " near" : "";
      arrows.append(svg("path", { d: path, class: kind + near, "marker-end": `url(#head-${marker})` }));
    };
    const curve = (x, y, u, v) => {
      const half = (x + u) / 2;
      return `M${x},${y} C${half},${y} ${half},${v} ${u},${v}`;
    };
    for (const link of trace.links) arrow(link.from, link.to, link.lock ? "lock" : "plain", "plain");
    for (const stale of trace.stale) {
      arrow(stale.sampled, stale.used, "stale", "stale");
      arrow(stale.changed, stale.used, "stale", "stale");
    }
    for (const missed of trace.missed)
      for (const from of [missed.sampled, missed.stored, missed.changed])
        if (from !== null) arrow(from, missed.used, "stale", "stale");
  }

  select(step, isMoved = true) {
    const old = this.boxes[this.current];
    if (old) old.removeAttribute("aria-current");
    const wasHidden = step > 0 && step <= this.count && !this.boxes[step];
    this.current = Math.min(Math.max(step, 0), this.count);
    if (wasHidden) this.drawLanes();
    const box = this.boxes[this.current];
    if (box) {
      box.setAttribute("aria-current", "step");
      if (isMoved) box.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    this.at.textContent = this.current === 0 ? `before step 1 of ${this.count}` : `step ${this.current} of ${this.count}`;
    this.first.disabled = this.previous.disabled = this.current === 0;
    this.last.disabled = this.next.disabled = this.current === this.count;
    this.drawArrows();
    this.drawState();
  }

  drawState() {
    const { trace, current } = this;
    const about = element("div", { class: "about" });
    if (current === 0) {
      about.append(element("p", { class: "what" }, "The initial state"));
    } else {
      const step = trace.steps[current - 1];
      about.append(
        element("h2", {}, `After step ${current}`),
        element("div", { class: "what" }, `${trace.processes[step.process].name}: `, element("code", {}, step.function)),
        element("div", {}, step.phrase),
        ...step.details.filter((detail) => detail.kind !== "stale").map((detail) => element("div", { class: `detail ${detail.kind}` }, withArrow(detail.text))),
      );
      for (const link of trace.links)
        if (link.to === current)
          about.append(element("div", { class: "soft" }, `sees ${link.cell} of `, this.link(link.from)));
      for (const stale of trace.stale)
        if (stale.used === current)
          about.append(element("div", { class: "bad" }, `goes by ${stale.copy || stale.cell} of `, this.link(stale.sampled), `, but ${stale.cell} is ${stale.after} since `, this.link(stale.changed)));
      for (const missed of trace.missed)
        if (missed.used === current)
          about.append(
            element(
              "div",
              { class: "bad" },
              ...(missed.sampled === null ? [] : [this.link(missed.sampled), " "]),
              missed.text,
              ...(missed.stored === null ? [] : [" of ", this.link(missed.stored)]),
              ...(missed.changed === null ? [] : [`: it is ${missed.now} since `, this.link(missed.changed)]),
            ),
          );
    }
    const cards = element("div", { class: "cards" });
    const groups = new Map();
    trace.cells.forEach((cell, index) => {
      if (!this.all && !cell.used) return;
      if (!groups.has(cell.group)) groups.set(cell.group, []);
      groups.get(cell.group).push(index);
    });
    for (const [group, cells] of groups)
      cards.append(element("section", { class: "card" }, element("h2", {}, group), element("table", {}, ...cells.flatMap((cell) => this.value(cell)))));
    this.state.replaceChildren(about, cards);
  }

  value(cell) {
    const { trace, current } = this;
    const { name } = trace.cells[cell];
    const now = this.states[current][cell];
    const before = current > 0 ? this.states[current - 1][cell] : now;
    const writer = this.writer(cell, current);
    // What the claim complains about in the end is marked as soon as it has its value.
    const isRefused = trace.refused.includes(cell) && writer === this.writer(cell, this.count);
    const isChanged = before !== now;
    const kinds = [isChanged ? "changed" : "", isRefused ? "refused" : ""].filter(Boolean).join(" ");
    const by = writer > 0 ? element("button", { class: "link", title: `written by step ${writer}`, onclick: () => this.select(writer) }, `step ${writer}`) : null;
    const rows = [
      element(
        "tr",
        { class: kinds || null },
        element("td", {}, ...breakable(name)),
        element("td", { class: "value" }, isChanged ? element("span", { class: "before" }, before) : null, isChanged ? " " : null, now),
        element("td", { class: "by" }, by),
      ),
    ];
    const stale = isRefused && trace.stale.find((one) => one.used === writer);
    if (stale)
      rows.push(
        element("tr", { class: "why" }, element("td", { colspan: 3 }, `by ${stale.copy || stale.cell} of `, this.link(stale.sampled), `; ${stale.cell} is ${stale.after} since `, this.link(stale.changed))),
      );
    return rows;
  }

  key(event) {
    const keys = {
      ArrowRight: () => this.move(1),
      ArrowDown: () => this.move(1),
      ArrowLeft: () => this.move(-1),
      ArrowUp: () => this.move(-1),
      Home: () => this.select(0),
      End: () => this.select(this.count),
      f: () => this.setFolded(!this.folded),
    };
    if (!keys[event.key] || event.ctrlKey || event.altKey || event.metaKey) return false;
    keys[event.key]();
    return true;
  }
}
