// Makes an element with its properties and children; `data` fills its dataset.
export function element(name, properties = {}, children = []) {
  const { data = {}, ...rest } = properties;
  const made = Object.assign(document.createElement(name), rest);
  Object.assign(made.dataset, data);
  made.append(...children);
  return made;
}
