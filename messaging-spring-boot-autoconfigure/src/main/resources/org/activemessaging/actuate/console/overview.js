// Everything at a glance: brokers, processors and queues.

import { data, queueKey } from './data.js';
import { h, state, text } from './dom.js';
import { drawSparkline, sparkline } from './chart.js';
import { table } from './table.js';
import * as format from './format.js';

export const to = (...segments) => `#/${segments.map(encodeURIComponent).join('/')}`;

const link = (href, label) => h('a', { href }, label);

function drawn(kind, key) {
	return {
		make: () => sparkline(kind),
		update: (element, row) => drawSparkline(element, key(row)),
	};
}

/** A number that calls for attention when it is not zero. */
function alarming(value) {
	return {
		make: () => h('span'),
		update: (element, row) => {
			text(element, format.short(value(row)));
			element.className = value(row) > 0 ? 'bad' : 'quiet';
		},
	};
}

export function processorTable() {
	return table('Processors', [
		{ title: 'Processor', sort: (row) => row.id, class: 'name', make: (row) => link(to('processors', row.id), row.id) },
		{ title: 'State', sort: (row) => row.state, make: (row) => state(row.state), update: (element, row) => updateState(element, row) },
		{ title: 'Destination', class: 'name', sort: (row) => row.destination, make: (row) => link(to('destinations', row.destination), row.destination) },
		{ title: 'Per second', num: true, sort: (row) => row.rate, text: (row) => format.rate(row.rate) },
		{ title: 'Last minutes', class: 'drawn', ...drawn('rate', (row) => `rate ${row.id}`) },
		{ title: 'p95', num: true, sort: (row) => format.seconds(row.duration?.p95), text: (row) => format.duration(row.duration?.p95) },
		{ title: 'In flight', num: true, sort: (row) => row.inFlight, text: (row) => format.short(row.inFlight) },
		{ title: 'Failed tries', num: true, sort: (row) => row.failed, text: (row) => format.short(row.failed) },
		{ title: 'Given up', num: true, sort: (row) => row.deadLettered, ...alarming((row) => row.deadLettered) },
	], 'No processor runs here.', { sortBy: 0 });
}

export function updateState(element, row) {
	text(element, row.state.toLowerCase());
	element.className = `state ${row.state.toLowerCase()}${row.braked ? ' braked' : ''}`;
	element.title = row.pausedBy?.length ? `paused by ${row.pausedBy.join(' and ')}` : row.reason ?? '';
}

export function queueTable() {
	return table('Queues', [
		{ title: 'Destination', class: 'name', sort: (row) => row.destination, make: (row) => link(to('destinations', row.destination), row.destination) },
		{ title: 'Group', sort: (row) => row.group ?? '', text: (row) => row.group ?? format.UNKNOWN },
		{ title: 'Depth', num: true, sort: (row) => row.depth, text: (row) => depth(row) },
		{ title: 'Last minutes', class: 'drawn', ...drawn('depth', queueKey) },
		{ title: 'Oldest', num: true, sort: (row) => format.seconds(row.oldestAge), text: (row) => format.duration(row.oldestAge) },
		{ title: 'Consumers', num: true, sort: (row) => row.consumers, text: (row) => format.number(row.consumers) },
		{ title: 'Drained in', num: true, sort: (row) => format.seconds(row.timeToDrain), text: (row) => format.duration(row.timeToDrain) },
		{ title: 'Dead letters', num: true, sort: (row) => row.deadLetters.depth, ...alarming((row) => row.deadLetters.depth) },
	], 'No destination is declared.', { sortBy: 2, descending: true });
}

export function depth(queue) {
	return format.isKnown(queue.depth) && !queue.exact ? `≥ ${format.short(queue.depth)}` : format.short(queue.depth);
}

export function processorRows(view, filter = () => true) {
	return Object.entries(view.processors)
		.filter(([, processor]) => filter(processor))
		.map(([id, processor]) => ({
			...processor, id, key: id,
			search: `${id} ${processor.destination} ${processor.group ?? ''} ${processor.processorGroup ?? ''} ${processor.state}`.toLowerCase(),
		}));
}

export function queueRows(view) {
	return Object.entries(view.destinations).flatMap(([name, destination]) => destination.queues.map((queue) => ({
		...queue, destination: name, key: `${name} ${queue.name}`,
		search: `${name} ${queue.group ?? ''} ${queue.name} ${destination.broker}`.toLowerCase(),
	})));
}

function sum(values) {
	const known = values.filter(format.isKnown);
	return known.length ? known.reduce((total, value) => total + value, 0) : null;
}

function tile(title, href) {
	const value = h('strong', null, format.UNKNOWN);
	const note = h('small');
	const element = h(href ? 'a' : 'div', { class: 'tile', href }, h('span', null, title), value, note);
	return { element, set: (shown, remark, level) => {
		text(value, shown);
		text(note, remark ?? '');
		element.dataset.level = level ?? '';
	} };
}

export function overview() {
	const tiles = {
		rate: tile('Processed per second'), waiting: tile('Waiting'), dead: tile('Dead letters'),
		findings: tile('Doctor', '#/doctor'),
	};
	const brokers = h('div', { class: 'brokers' });
	const processors = processorTable();
	const queues = queueTable();
	const element = h('div', { class: 'page' }, h('h1', { class: 'hidden' }, 'Overview'),
			h('div', { class: 'tiles' }, Object.values(tiles).map((each) => each.element)), brokers,
			h('section', null, h('h2', null, 'Processors'), processors.element),
			h('section', null, h('h2', null, 'Queues'), queues.element));

	function show() {
		const { view, doctor } = data;
		const rows = queueRows(view);
		const list = processorRows(view);
		const waiting = sum(rows.map((row) => row.depth));
		const dead = sum(rows.map((row) => row.deadLetters.depth));
		const oldest = Math.max(0, ...rows.map((row) => format.seconds(row.oldestAge) ?? 0));
		const running = list.filter((row) => row.state === 'RUNNING').length;
		tiles.rate.set(format.rate(sum(list.map((row) => row.rate))), `${running} of ${list.length} processors run`);
		tiles.waiting.set(format.short(waiting), oldest ? `the oldest for ${format.span(oldest)}` : '');
		const letters = rows.filter((row) => row.deadLetters.depth > 0).length;
		tiles.dead.set(format.short(dead), letters ? `of ${letters} ${letters === 1 ? 'queue' : 'queues'}` : '', dead > 0 ? 'error' : '');
		const serious = doctor.findings.filter((finding) => finding.severity !== 'info');
		tiles.findings.set(serious.length ? String(serious.length) : 'Well',
				serious[0]?.title ?? 'nothing keeps messages waiting', serious[0]?.severity);
		showBrokers(brokers, view.brokers);
		processors.set(list);
		queues.set(rows);
	}

	return { element, title: 'Overview', show, end: () => [processors, queues].forEach((each) => each.end()), search: processors.search };
}

function showBrokers(element, brokers) {
	const names = Object.keys(brokers);
	if (element.childElementCount !== names.length) {
		element.replaceChildren(...names.map(() => h('details', null, h('summary', null, h('span'), h('b'), h('small')), h('div'))));
	}
	names.forEach((name, index) => {
		const broker = brokers[name];
		const [summary, more] = element.children[index].children;
		summary.children[0].className = `dot ${broker.status.toLowerCase()}`;
		text(summary.children[1], name);
		text(summary.children[2], `${broker.adapter} · ${broker.status.toLowerCase()} for ${format.ago(broker.since)}`);
		const lines = [broker.url, broker.reason, ...(broker.warnings ?? [])].filter(Boolean);
		if (more.dataset.lines !== lines.join('\n')) {
			more.dataset.lines = lines.join('\n');
			more.replaceChildren(...lines.map((line) => h('p', null, line)));
		}
	});
}
