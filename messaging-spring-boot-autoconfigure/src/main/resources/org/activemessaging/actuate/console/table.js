// A table that makes only the rows that are on the screen: a thousand are as quick as ten.

import { h, text } from './dom.js';

const SPARE = 8;
const VIRTUAL_FROM = 80;

/**
 * Makes a table.
 * @param {string} label what is in it
 * @param {object[]} columns title, and either text(row) or make(row) with update(node, row); sort(row); num
 * @param {string} empty what it says without rows
 */
export function table(label, columns, empty, { sortBy = null, descending = false } = {}) {
	const rows = new Map();
	let all = [];
	let filter = '';
	let order = { column: sortBy, descending };

	const top = h('tr', { class: 'space' }, h('td', { colspan: columns.length }));
	const bottom = h('tr', { class: 'space' }, h('td', { colspan: columns.length }));
	const nothing = h('p', { class: 'empty', hidden: true }, empty);
	const body = h('tbody', null, top, bottom);
	const heads = columns.map((column, index) => h('th', { scope: 'col', class: column.num ? 'num' : null },
			column.sort ? h('button', { type: 'button', class: 'sort', onclick: () => toggle(index) }, column.title)
					: column.title));
	const element = h('table', { 'aria-label': label }, h('thead', null, h('tr', null, heads)), body);
	const search = h('input', {
		type: 'search', placeholder: 'Filter', 'aria-label': `Filter ${label.toLowerCase()}`, autocomplete: 'off',
		spellcheck: 'false',
		oninput: () => {
			filter = search.value.trim().toLowerCase();
			show();
		},
	});
	const shown = h('span', { class: 'shown' });
	const tools = h('div', { class: 'tools' }, search, shown);
	const frame = h('div', { class: 'table' }, tools, h('div', { class: 'scroll' }, element), nothing);

	function toggle(index) {
		const numeric = columns[index].num ?? false;
		order = { column: index, descending: order.column === index ? !order.descending : numeric };
		show();
	}

	function selected() {
		const result = filter ? all.filter((row) => row.search.includes(filter)) : [...all];
		if (order.column !== null) {
			const by = columns[order.column].sort;
			const sign = order.descending ? -1 : 1;
			result.sort((a, b) => compare(by(a), by(b)) * sign || compare(a.key, b.key));
		}
		return result;
	}

	function make(row) {
		const cells = columns.map((column) => {
			const cell = h('td', { class: column.num ? 'num' : column.class, 'data-title': column.title });
			if (column.make) {
				cell.append(column.make(row));
			}
			return cell;
		});
		return h('tr', null, cells);
	}

	function update(element, row) {
		columns.forEach((column, index) => {
			const cell = element.cells[index];
			if (column.update) {
				column.update(cell.firstChild, row);
			}
			else if (column.text) {
				text(cell, column.text(row));
			}
		});
	}

	let visible = [];

	function show() {
		visible = selected();
		text(shown, visible.length === all.length ? `${all.length}` : `${visible.length} of ${all.length}`);
		nothing.hidden = visible.length > 0;
		nothing.textContent = all.length ? 'Nothing matches the filter.' : empty;
		element.hidden = visible.length === 0;
		tools.hidden = all.length < 8;
		heads.forEach((head, index) => head.setAttribute('aria-sort',
				index !== order.column ? 'none' : order.descending ? 'descending' : 'ascending'));
		paint();
	}

	function range() {
		if (visible.length < VIRTUAL_FROM) {
			return [0, visible.length, 0];
		}
		const height = [...rows.values()][0]?.offsetHeight || 44;
		const above = Math.max(0, -body.getBoundingClientRect().top);
		const from = Math.max(0, Math.floor(above / height) - SPARE);
		return [from, Math.min(visible.length, from + Math.ceil(innerHeight / height) + 2 * SPARE), height];
	}

	function paint() {
		const [from, to, height] = range();
		const wanted = visible.slice(from, to);
		const keys = new Set(wanted.map((row) => row.key));
		for (const [key, row] of rows) {
			if (!keys.has(key)) {
				row.remove();
				rows.delete(key);
			}
		}
		let before = top;
		for (const row of wanted) {
			let tr = rows.get(row.key);
			if (!tr) {
				tr = make(row);
				rows.set(row.key, tr);
			}
			update(tr, row);
			if (before.nextSibling !== tr) {
				before.after(tr);
			}
			before = tr;
		}
		top.firstChild.style.height = `${from * height}px`;
		bottom.firstChild.style.height = `${(visible.length - to) * height}px`;
		top.hidden = from === 0;
		bottom.hidden = to === visible.length;
	}

	let planned = false;

	function plan() {
		if (!planned && visible.length >= VIRTUAL_FROM) {
			planned = true;
			requestAnimationFrame(() => {
				planned = false;
				paint();
			});
		}
	}

	addEventListener('scroll', plan, { passive: true });
	addEventListener('resize', plan, { passive: true });
	return {
		element: frame,
		search,
		/** Shows rows; each has a unique key and, in lower case, the text to search. */
		set(next) {
			all = next;
			show();
		},
		end() {
			removeEventListener('scroll', plan);
			removeEventListener('resize', plan);
		},
	};
}

// What is unknown comes last when the largest come first.
function compare(a, b) {
	const left = a ?? -Infinity;
	const right = b ?? -Infinity;
	return (typeof left === 'string' && typeof right === 'string') ? left.localeCompare(right, undefined, { numeric: true })
			: left < right ? -1 : left > right ? 1 : 0;
}
