// Elements without markup in strings: whatever a message or a name contains stays text.

const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
	for (const [name, value] of Object.entries(attributes ?? {})) {
		if (name.startsWith('on')) {
			element.addEventListener(name.slice(2), value);
		}
		else if (value === true) {
			element.setAttribute(name, '');
		}
		else if (value !== false && value !== null && value !== undefined) {
			element.setAttribute(name, value);
		}
	}
	element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
	return element;
}

/** Makes an element: a name, attributes (on… are listeners), and children. */
export function h(name, attributes, ...children) {
	return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes, ...children) {
	return fill(document.createElementNS(SVG, name), attributes, children);
}

/** Sets a text, but only if it is another one: the reader may have selected it. */
export function text(element, value) {
	const string = String(value);
	if (element.textContent !== string) {
		element.textContent = string;
	}
	return element;
}

export function state(value) {
	return h('span', { class: `state ${String(value).toLowerCase()}` }, String(value).toLowerCase());
}

/** A list of names and values; with a list made before, only what has changed is touched. */
export function facts(entries, list = h('dl', { class: 'facts' })) {
	const names = entries.map(([name]) => name).join();
	if (list.dataset.names !== names) {
		list.dataset.names = names;
		list.replaceChildren(...entries.map(([name]) => h('div', null, h('dt', null, name), h('dd'))));
	}
	entries.forEach(([, value], index) => {
		const shown = list.children[index].lastChild;
		if (!(value instanceof Node)) {
			text(shown, value);
		}
		else if (!shown.firstChild?.isEqualNode(value)) {
			shown.replaceChildren(value);
		}
	});
	return list;
}

export function section(title, ...children) {
	return h('section', null, h('h2', null, title), ...children);
}

/** The head of a page: its name, what stands beside it, and a line below. */
export function head(title, beside, below) {
	return h('div', { class: 'head' }, h('div', { class: 'title' }, h('h1', null, title), beside), below);
}

export function toast(message, failed = false) {
	const element = h('p', { class: failed ? 'toast failed' : 'toast' }, message);
	document.getElementById('toasts').append(element);
	setTimeout(() => element.remove(), failed ? 10000 : 4000);
}
