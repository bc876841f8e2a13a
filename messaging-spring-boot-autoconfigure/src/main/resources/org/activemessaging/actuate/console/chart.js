// Sparklines by hand, as there may be many; charts by uPlot.

import uPlot from './uPlot.js';
import { h, svg, text } from './dom.js';
import { history } from './data.js';
import * as format from './format.js';

// What is counted has no parts.
const INCREMENTS = [1, 2, 5].flatMap((step) => [...Array(10).keys()].map((power) => step * 10 ** power)).sort((a, b) => a - b);

const WIDTH = 96;
const HEIGHT = 24;

export function sparkline(kind) {
	return svg('svg', { class: `spark ${kind}`, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
			svg('path', { class: 'area' }), svg('path', { class: 'line' }));
}

export function drawSparkline(element, key) {
	const { values } = history(key);
	const known = values.filter(format.isKnown);
	const line = known.length > 1 ? path(values, Math.max(1, ...known)) : '';
	element.children[1].setAttribute('d', line);
	element.children[0].setAttribute('d', line ? `${line}L${WIDTH} ${HEIGHT}L${startOf(values)} ${HEIGHT}Z` : '');
}

function x(index, length) {
	return (WIDTH * index / Math.max(1, length - 1)).toFixed(1);
}

function startOf(values) {
	return x(values.findIndex(format.isKnown), values.length);
}

function path(values, max) {
	return values.map((value, index) => [value, index])
		.filter(([value]) => format.isKnown(value))
		.map(([value, index], at) => `${at ? 'L' : 'M'}${x(index, values.length)} ${(HEIGHT - 2 - (HEIGHT - 4) * value / max).toFixed(1)}`)
		.join('');
}

function colour(name) {
	return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** A chart of one or two histories; show() draws what is known now. */
export function chart(title, lines, formatValue = format.short) {
	const readout = h('span', { class: 'readout' });
	const element = h('figure', { class: 'chart' }, h('figcaption', null, h('span', null, title), readout));
	const box = element.appendChild(h('div', { class: 'canvas', role: 'img', 'aria-label': title }));
	let plot = null;
	let scheme = null;

	/** Says what is under the cursor, or else what is now. */
	function read() {
		const index = plot.cursor.idx ?? plot.data[0].length - 1;
		const values = lines.map((line, at) => formatValue(plot.data[at + 1][index]));
		text(readout, plot.data[0].length ? `${values.join(', ')} at ${format.time(plot.data[0][index] * 1000)}` : '');
	}

	function options() {
		const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font: '12px system-ui' };
		return {
			width: box.clientWidth || 600,
			height: 200,
			scales: { y: { range: (plot, min, max) => [0, Math.max(4, (max ?? 0) * 1.1)] } },
			axes: [
				{ ...axis, values: (plot, ticks) => ticks.map((tick) => format.time(tick * 1000)), space: 100, size: 28 },
				{ ...axis, size: 48, gap: 8, incrs: INCREMENTS, values: (plot, ticks) => ticks.map(format.short) }],
			cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
			legend: { show: false },
			padding: [8, 16, 0, 0],
			hooks: { setCursor: [read] },
			series: [{},
				...lines.map((line) => ({
					label: line.label,
					stroke: colour(line.colour),
					fill: `${colour(line.colour)}22`,
					width: 2,
					points: { show: false },
				}))],
		};
	}

	function show() {
		const histories = lines.map((line) => history(line.key));
		const values = [histories[0].times, ...histories.map((points) => points.values)];
		const current = `${colour('--line')} ${box.clientWidth}`;
		if (plot === null || scheme !== current) {
			plot?.destroy();
			scheme = current;
			plot = new uPlot(options(), values, box);
		}
		else {
			plot.setData(values);
		}
		read();
	}

	return { element, show, end: () => plot?.destroy() };
}
