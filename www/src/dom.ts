// Making elements. Text goes in as text, never as HTML.

type Child = Node | string | undefined | false;

export interface Properties {
  class?: string;
  attributes?: Record<string, string>;
  on?: Partial<{ [Type in keyof HTMLElementEventMap]: (event: HTMLElementEventMap[Type]) => void }>;
}

/** An element with its children; what is undefined or false is left out. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (properties.class) element.className = properties.class;
  for (const [name, value] of Object.entries(properties.attributes ?? {})) element.setAttribute(name, value);
  for (const [type, listener] of Object.entries(properties.on ?? {})) {
    element.addEventListener(type, listener as EventListener);
  }
  element.append(...present(children));
  return element;
}

/** Puts other children in the place of the old ones. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...present(children));
}

// A state is drawn at every keystroke, and most of it is as it was. What is set again costs the browser the same as
// what is set anew, so each of these looks first.

/** Sets a text only if it is another one, so that screen readers and selections are left in peace. */
export function setText(element: Element, text: string): void {
  const { firstChild } = element;
  if (firstChild instanceof Text && firstChild === element.lastChild) {
    // The same node with other characters: nothing is laid out but the line.
    if (firstChild.data !== text) firstChild.data = text;
  } else if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Sets an attribute that has another value. */
export function setAttribute(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Hides an element, or shows it. */
export function hide(element: HTMLElement, hidden: boolean): void {
  if (element.hidden !== hidden) element.hidden = hidden;
}

/** Sets or takes away a class. */
export function toggle(element: Element, name: string, on: boolean): void {
  element.classList.toggle(name, on);
}

/** A sentence; what stands between backticks is code. */
export function prose(text: string): (Node | string)[] {
  return text.split("`").map((part, index) => (index % 2 === 1 ? h("code", {}, part) : part));
}

/** The element of the document with this id; the page is wrong if there is none. */
export function byId<Type extends HTMLElement>(id: string, type: new () => Type): Type {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`the page has no ${type.name} #${id}`);
  return element;
}

function present(children: Child[]): (Node | string)[] {
  return children.filter((child): child is Node | string => child !== undefined && child !== false);
}
