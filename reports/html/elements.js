// Elements of the page, and its data. Text becomes text only, whatever it says.

const svgSpace = "http://www.w3.org/2000/svg";

// element("p", {class: "soft"}, "text", child, ...)
function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(svgSpace, tag), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

function data(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

// "a -> b" with an arrow that is not torn apart.
const withArrow = (text) => text.replaceAll(" -> ", " \u2192 ");

// Names are long and lanes narrow: they break behind "_" and before "." rather than anywhere.
const breakable = (text) => text.split(/(?<=_)(?=[^_\W])|(?=\.[a-z])/).flatMap((part, i) => (i === 0 ? [part] : [element("wbr"), part]));

const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
