// Draws what stands in the page as JSON: one trace, or a table of scenarios with their traces.

const root = document.getElementById("page");
const page = data("data");
const view = page.rows ? new TableView(page, root) : new TraceView(page, root, null);
document.addEventListener("keydown", (event) => {
  const isTyping = event.target instanceof HTMLInputElement && event.target.type === "search";
  if (!isTyping && !(event.target instanceof HTMLSelectElement) && view.key(event)) event.preventDefault();
});
window.stalemateView = view;
