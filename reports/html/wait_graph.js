// Who waits for whom at the end of a trace: nothing, or a section with the graph.
function waitGraph(trace) {
  if (trace.blocked.length === 0) return [];
  const names = [];
  const add = (process) => names.includes(process) || names.push(process);
  trace.cycle.forEach(add);
  for (const blocked of trace.blocked) {
    add(blocked.process);
    blocked.holders.forEach((holder) => add(holder.process));
  }
  const width = 680;
  const height = names.length < 3 ? 130 : 330;
  const at = (process) => {
    const turn = (2 * Math.PI * names.indexOf(process)) / names.length - (names.length === 2 ? Math.PI : Math.PI / 2);
    return { x: width / 2 + 240 * Math.cos(turn) * (names.length > 1), y: height / 2 + (height / 2 - 50) * Math.sin(turn) };
  };
  const isRing = (from, to) => {
    const index = trace.cycle.indexOf(from);
    return index >= 0 && trace.cycle[(index + 1) % trace.cycle.length] === to;
  };
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": "Who waits for whom" });
  const marker = (id, kind) => svg("marker", { id, class: kind, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto" }, svg("path", { d: "M0,0 L8,4 L0,8 z" }));
  drawing.append(svg("defs", {}, marker("wait-plain", ""), marker("wait-ring", "ring")));
  const boxWidth = (process) => 24 + 7.2 * trace.processes[process].name.length;
  const labels = [];
  for (const blocked of trace.blocked)
    for (const holder of blocked.holders) {
      const a = at(blocked.process);
      const b = at(holder.process);
      const what = blocked.what + (holder.since === null ? "" : `, since step ${holder.since}`);
      const ring = isRing(blocked.process, holder.process) ? "ring" : "";
      const mark = { class: ring || null, "marker-end": `url(#wait-${ring || "plain"})` };
      if (blocked.process === holder.process) {
        drawing.append(svg("path", { d: `M${a.x - 20},${a.y - 15} C${a.x - 60},${a.y - 75} ${a.x + 60},${a.y - 75} ${a.x + 20},${a.y - 15}`, ...mark }));
        labels.push([a.x, a.y - 66, what]);
        continue;
      }
      // Bent to the left of its way, so that there and back are two lines.
      const length = Math.hypot(b.x - a.x, b.y - a.y);
      const bend = names.length < 3 ? 55 : 34;
      const mid = { x: (a.x + b.x) / 2 + ((b.y - a.y) / length) * bend, y: (a.y + b.y) / 2 - ((b.x - a.x) / length) * bend };
      const edge = (p, process) => {
        const dx = mid.x - p.x;
        const dy = mid.y - p.y;
        const scale = Math.min(boxWidth(process) / 2 / Math.max(Math.abs(dx), 1e-6), 15 / Math.max(Math.abs(dy), 1e-6));
        return { x: p.x + dx * scale, y: p.y + dy * scale };
      };
      const from = edge(a, blocked.process);
      const to = edge(b, holder.process);
      drawing.append(svg("path", { d: `M${from.x},${from.y} Q${mid.x},${mid.y} ${to.x},${to.y}`, ...mark }));
      const out = { x: (b.y - a.y) / length, y: (a.x - b.x) / length };
      labels.push([(from.x + 2 * mid.x + to.x) / 4 + out.x * 12, (from.y + 2 * mid.y + to.y) / 4 + out.y * 12 + 4, what]);
    }
  for (const process of names) {
    const { x, y } = at(process);
    const w = boxWidth(process);
    drawing.append(
      svg("rect", { x: x - w / 2, y: y - 15, width: w, height: 30, rx: 5, class: trace.cycle.includes(process) ? "ring" : null }),
      svg("text", { x, y: y + 4 }, trace.processes[process].name),
    );
  }
  for (const [x, y, text] of labels) drawing.append(svg("text", { x, y, class: "soft" }, text));
  return [element("section", { class: "waits", "aria-label": "Who waits for whom" }, element("h2", {}, "Who waits for whom"), drawing)];
}
