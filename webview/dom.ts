// Small makers of HTML and SVG elements; no strings of markup, so that the content security policy holds.

type Attributes = Record<string, string | number | boolean | null | undefined>;

function setAttributes(node: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) node.removeAttribute(name);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
}

/** An HTML element with attributes (false and null leave one out) and children. */
export function html<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}

/** An SVG element with attributes and children. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): SVGElementTagNameMap[K] {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}

/** Puts nodes in the places {0}, {1}, … of a translated sentence. */
export function sentence(translated: string, ...nodes: (Node | string)[]): (Node | string)[] {
  return translated.split(/(\{\d+\})/).flatMap((part) => {
    const place = /^\{(\d+)\}$/.exec(part);
    if (place) return [nodes[Number(place[1])] ?? part];
    return part === '' ? [] : [part];
  });
}

/** Sets an element's text without touching the document when it is the same already. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** Shows or hides an element. */
export function setShown(node: HTMLElement, shown: boolean): void {
  if (node.hidden === shown) node.hidden = !shown;
}

/** Replaces an element's content only when the key changes, so that focus and selection inside survive repeated updates. */
export function createKeyedContent(element: Element): (key: string, build: () => (Node | string)[]) => void {
  let shown: string | null = null;
  return (key, build) => {
    if (key === shown) return;
    shown = key;
    element.replaceChildren(...build());
  };
}
