// The graph from publishers through destinations and groups to processors and dead letters.

import { get } from './data.js';
import { h, head, svg, text } from './dom.js';
import { to } from './overview.js';
import * as format from './format.js';

const COLUMNS = ['publisher', 'destination', 'queue', 'processor', 'dead-letters'];
const TITLES = ['Publishers', 'Destinations', 'Groups', 'Processors', 'Dead letters'];
const WIDTH = 190;
const GAP = 60;
const HEIGHT = 40;
const SPACE = 16;
const MOST = 300;

function address(node) {
	switch (node.kind) {
		case 'destination': return to('destinations', node.label);
		case 'queue': return to('destinations', node.detail.destination, node.detail.group);
		case 'processor': return node.detail.here ? to('processors', node.label) : null;
		case 'dead-letters': return node.detail.group ? to('destinations', node.detail.destination, node.detail.group) : to('destinations', node.detail.destination);
		default: return null;
	}
}

function note(node) {
	const { depth, state, here, type } = node.detail;
	if (node.kind === 'processor') {
		return here ? state.toLowerCase() : 'not here';
	}
	if (node.kind === 'publisher') {
		return here ? 'this application' : 'not known here';
	}
	return format.isKnown(depth) ? `${format.short(depth)} ${depth === 1 ? 'message' : 'messages'}` : type ?? format.UNKNOWN;
}

function level(node) {
	if (node.kind === 'dead-letters' && node.detail.depth > 0) {
		return 'error';
	}
	return node.kind === 'processor' && node.detail.here && node.detail.state !== 'RUNNING' ? 'warning' : '';
}

/** Gives edges that skip a column a place in it, so that they pass between the nodes. */
function withBends(view) {
	const column = new Map(view.nodes.map((node) => [node.id, COLUMNS.indexOf(node.kind)]));
	const used = COLUMNS.map((kind) => view.nodes.some((node) => node.kind === kind));
	const nodes = [...view.nodes];
	const edges = [];
	for (const edge of view.edges) {
		let from = edge.from;
		for (let between = column.get(edge.from) + 1; between < column.get(edge.to); between++) {
			if (used[between]) {
				const bend = { id: `${edge.from} ${edge.to} ${between}`, kind: COLUMNS[between], bend: true, detail: {} };
				nodes.push(bend);
				edges.push({ ...edge, from, to: bend.id });
				from = bend.id;
			}
		}
		edges.push({ ...edge, from });
	}
	return { nodes, edges };
}

/** Puts each node under those it is connected to, a few times to and fro. */
function arrange(nodes, edges) {
	const columns = COLUMNS.map((kind) => nodes.filter((node) => node.kind === kind));
	const place = new Map();
	const number = () => columns.forEach((column) => column.forEach((node, index) => place.set(node.id, index - column.length / 2)));
	number();
	const neighbours = new Map(nodes.map((node) => [node.id, []]));
	edges.forEach((edge) => {
		neighbours.get(edge.from)?.push(edge.to);
		neighbours.get(edge.to)?.push(edge.from);
	});
	for (let round = 0; round < 6; round++) {
		for (const column of round % 2 ? [...columns].reverse() : columns) {
			const middle = (node) => {
				const around = neighbours.get(node.id).map((id) => place.get(id));
				return around.length ? around.reduce((a, b) => a + b, 0) / around.length : place.get(node.id);
			};
			const middles = new Map(column.map((node) => [node.id, middle(node)]));
			column.sort((a, b) => middles.get(a.id) - middles.get(b.id));
			number();
		}
	}
	return columns;
}

function matching(view, filter) {
	if (!filter) {
		return view;
	}
	const wanted = new Set(view.nodes.filter((node) => node.label.toLowerCase().includes(filter)).map((node) => node.id));
	const grow = (ids, here, there) => {
		const next = new Set(ids);
		for (let before = -1; before !== next.size;) {
			before = next.size;
			view.edges.forEach((edge) => next.has(edge[here]) && next.add(edge[there]));
		}
		return next;
	};
	const shown = new Set([...grow(wanted, 'from', 'to'), ...grow(wanted, 'to', 'from')]);
	return { nodes: view.nodes.filter((node) => shown.has(node.id)), edges: view.edges.filter((edge) => shown.has(edge.from) && shown.has(edge.to)) };
}

function shorten(label) {
	return label.length > 22 ? `${label.slice(0, 9)}…${label.slice(-12)}` : label;
}

function draw(graph) {
	const view = withBends(graph);
	const columns = arrange(view.nodes, view.edges);
	const used = columns.map((column, index) => ({ column, title: TITLES[index] })).filter(({ column }) => column.length);
	const rows = Math.max(1, ...used.map(({ column }) => column.length));
	const height = rows * (HEIGHT + SPACE) + 40;
	const width = used.length * (WIDTH + GAP) - GAP + 2;
	const at = new Map();
	used.forEach(({ column }, x) => {
		const step = (height - 40) / column.length;
		column.forEach((node, y) => at.set(node.id, { x: 1 + x * (WIDTH + GAP), y: 34 + step * y + (step - HEIGHT) / 2 }));
	});
	const bends = new Set(view.nodes.filter((node) => node.bend).map((node) => node.id));
	const lines = view.edges.map((edge) => {
		const from = at.get(edge.from);
		const end = at.get(edge.to);
		const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, end.x, end.y + HEIGHT / 2];
		const bend = (x2 - x1) / 2;
		const through = bends.has(edge.to) ? `L${x2 + WIDTH} ${y2}` : '';
		return svg('path', { class: `edge ${edge.kind}`, d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}${through}` });
	});
	return svg('svg', { class: 'graph', width, height, viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': 'Topology' },
			used.map(({ title }, x) => svg('text', { class: 'heading', x: 1 + x * (WIDTH + GAP), y: 16 }, title)), lines,
			graph.nodes.map((node) => box(node, at.get(node.id))));
}

function box(node, { x, y }) {
	const href = address(node);
	const content = svg('g', { class: `node ${node.kind} ${level(node)}`, transform: `translate(${x} ${y})` },
			svg('title', null, node.label),
			svg('rect', { width: WIDTH, height: HEIGHT, rx: 8 }),
			svg('text', { x: 12, y: 17 }, shorten(node.label)),
			svg('text', { class: 'note', x: 12, y: 32 }, note(node)));
	return href ? svg('a', { href, 'aria-label': `${node.kind} ${node.label}, ${note(node)}` }, content) : content;
}

export function topology() {
	let filter = '';
	let view = null;
	let shown = null;
	const frame = h('div', { class: 'graphs', tabindex: 0, 'aria-label': 'Topology, scrolls' });
	const about = h('p', { class: 'about' });
	const search = h('input', { type: 'search', placeholder: 'Filter', 'aria-label': 'Filter topology', oninput: () => {
		filter = search.value.trim().toLowerCase();
		paint();
	} });
	const element = h('div', { class: 'page wide' }, head('Topology', h('div', { class: 'controls' }, search,
			h('button', { type: 'button', onclick: () => navigator.clipboard?.writeText(view.mermaid) }, 'Copy as Mermaid'),
			h('a', { class: 'button', href: 'topology/asyncapi', download: 'asyncapi.json' }, 'AsyncAPI')), about), frame);

	function paint() {
		const part = matching(view, filter);
		const now = filter + JSON.stringify(part);
		if (now === shown) {
			return;
		}
		shown = now;
		if (part.nodes.length > MOST) {
			text(about, `${part.nodes.length} nodes are too many to be drawn so that they can be read. Filter by a name.`);
			frame.replaceChildren();
			return;
		}
		text(about, part.nodes.length ? '' : 'Nothing matches the filter.');
		frame.replaceChildren(draw(part));
	}

	async function show() {
		try {
			view = await get('topology');
			paint();
		}
		catch (failure) {
			text(about, failure.message);
		}
	}

	return { element, title: 'Topology', show };
}
