// One destination: its queues over time, the messages in them, and the dead letters by cause.

import { data, queueKey, request } from './data.js';
import { facts, h, head, section, text, toast } from './dom.js';
import { chart } from './chart.js';
import { depth, processorRows, processorTable } from './overview.js';
import { operate } from './redrive.js';
import * as format from './format.js';

export function destination(name, chosen) {
	const about = h('p', { class: 'about' });
	const tabs = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Groups' });
	const body = h('div');
	const readers = processorTable();
	const element = h('div', { class: 'page' }, head(name, null, about), tabs, body,
			section('Processors here', readers.element));
	let panel = null;

	function select(queue) {
		panel?.end();
		panel = queuePanel(name, queue.group ?? null, queue.name);
		body.replaceChildren(panel.element);
	}

	function showTabs(queues, selected) {
		if (tabs.childElementCount !== queues.length && queues.length > 1) {
			tabs.replaceChildren(...queues.map((each) => h('button', { type: 'button', role: 'tab', onclick: () => {
				select(each);
				show();
			} }, h('span', null, each.group ?? each.name), h('small'))));
		}
		[...tabs.children].forEach((tab, index) => {
			tab.setAttribute('aria-selected', String(queues[index].name === selected.name));
			text(tab.lastChild, queues[index].depth ? format.short(queues[index].depth) : '');
		});
	}

	function show() {
		const view = data.view.destinations[name];
		if (!view) {
			about.textContent = 'No destination of this name is declared.';
			return;
		}
		text(about, `${view.type} ${view.nameOnBroker ?? view.address} on broker ${view.broker}`);
		const queue = view.queues.find((each) => (panel ? each.name === panel.queue : each.group === chosen)) ?? view.queues[0];
		if (queue && queue.name !== panel?.queue) {
			select(queue);
		}
		showTabs(view.queues, queue);
		panel?.show(queue);
		if (!queue) {
			text(body, 'A plain topic keeps nothing: there is no depth, and there are no messages to look at.');
			body.className = 'empty';
		}
		readers.set(processorRows(data.view, (processor) => processor.destination === name));
	}

	return { element, title: name, show, end: () => {
		panel?.end();
		readers.end();
	} };
}

function queuePanel(destination, group, queue) {
	const numbers = facts([]);
	const depths = chart('Depth', [{ key: queueKey({ name: queue }), label: 'messages', colour: '--accent' }]);
	const dead = chart('Dead letters', [{ key: `dead ${queue}`, label: 'messages', colour: '--error' }]);
	const messages = h('div', { class: 'loaded' });
	const letters = h('div', { class: 'loaded' });
	const parameters = group ? { group } : {};
	let known = null;

	const act = (kind, values, done = () => {}) => operate({ kind, destination, group, values, done });
	const button = (label, onclick, kind = null) => h('button', {
		type: 'button', class: kind, onclick, disabled: data.writable === false,
		title: data.writable === false ? 'The endpoint only reads: management.endpoint.messaging.access' : null }, label);

	async function load(into, aspect, show) {
		into.replaceChildren(h('p', { class: 'empty' }, 'Looking …'));
		try {
			const view = await request(['destinations', destination, aspect], { ...parameters, payload: 'true' });
			into.replaceChildren(...show(view));
		}
		catch (failure) {
			into.replaceChildren(h('p', { class: 'failure' }, failure.message));
		}
	}

	const loadMessages = () => load(messages, 'messages', (view) => view.messages === null
		? [h('p', { class: 'empty' }, view.why)]
		: [messageList(view.messages), view.truncated ? h('p', { class: 'empty' }, `The first ${view.messages.length} are shown.`) : null].filter(Boolean));

	const loadLetters = () => load(letters, 'dead-letters', (view) => {
		const causes = view.causes.map((cause) => causeCard(cause, view.messages ?? [], act, button, loadLetters));
		return [h('p', { class: 'about' }, view.causes.length
			? `${view.looked < view.depth ? `The first ${view.looked} of ${view.depth}` : view.looked} looked at, ${view.causes.length === 1 ? 'one cause' : `${view.causes.length} causes`}, in `
			: 'There are none in ', h('code', null, view.queue)), ...causes];
	});

	const element = h('div', { class: 'panel' }, numbers, h('div', { class: 'charts' }, depths.element, dead.element),
			h('section', null, h('div', { class: 'title' }, h('h2', null, 'Dead letters'), h('div', { class: 'controls' },
					button('Redrive all …', () => act('redrive', {}, loadLetters), 'main'),
					button('Discard …', () => act('discard', {}, loadLetters)))), letters),
			h('section', null, h('div', { class: 'title' }, h('h2', null, 'Messages'), h('div', { class: 'controls' },
					h('button', { type: 'button', onclick: loadMessages }, 'Look'),
					button('Move …', () => act('move', {}, loadMessages)),
					button('Purge …', () => act('purge', {}, loadMessages)))), messages));

	function show(view) {
		if (known !== view.deadLetters.depth) {
			known = view.deadLetters.depth;
			loadLetters();
		}
		facts([
			['Depth', depth(view)],
			['Oldest', format.duration(view.oldestAge)],
			['In flight', format.number(view.inFlight)],
			['Consumers', format.number(view.consumers)],
			['Drained in', format.duration(view.timeToDrain)],
			['Dead letters', h('span', { class: view.deadLetters.depth ? 'bad' : null }, format.number(view.deadLetters.depth))],
			['Queue', h('code', null, view.nameOnBroker ?? view.name)],
			['Known by', view.source],
			['Known at', format.time(view.sampledAt)],
		], numbers);
		depths.show();
		dead.show();
	}

	return { queue, element, show, end: () => [depths, dead].forEach((each) => each.end()) };
}

function causeCard(cause, messages, act, button, reload) {
	const letters = messages.filter((message) => message.cause === cause.fingerprint);
	return h('details', { class: 'cause' },
			h('summary', null, h('b', { class: 'number' }, format.number(cause.count)),
					h('span', { class: 'failure' }, h('b', null, format.simpleName(cause.exception)), cause.message ? ` ${cause.message}` : ''),
					h('small', null, `last ${format.ago(cause.lastSeen)} ago`)),
			h('div', { class: 'controls' },
					button('Redrive these …', () => act('redrive', { cause: cause.fingerprint }, reload), 'main'),
					button('Discard these …', () => act('discard', { cause: cause.fingerprint }, reload))),
			facts([
				['Exception', h('code', null, cause.exception)],
				['Processor', cause.processor ?? format.UNKNOWN],
				['Message type', cause.messageType],
				['First', format.date(cause.firstSeen)],
				['Last', format.date(cause.lastSeen)],
				['Version', cause.applicationVersions.join(', ') || format.UNKNOWN],
				['Fingerprint', h('code', null, cause.fingerprint)],
			]),
			cause.frames.length ? h('pre', { tabindex: 0, 'aria-label': 'Where it failed' }, cause.frames.join('\n')) : null,
			messageList(letters));
}

function messageList(messages) {
	if (!messages.length) {
		return h('p', { class: 'empty' }, 'No messages.');
	}
	return h('ol', { class: 'messages' }, messages.map((message) => h('li', null, h('details', null,
			h('summary', null, h('code', null, message.id ?? message.messageId),
					h('small', null, `${format.date(message.sentAt)} · ${message.type} · ${format.bytes(message.size)}`
						+ `${message.group ? ` · group ${message.group}` : ''}${message.redelivered ? ' · redelivered' : ''}`
						+ `${message.attempts ? ` · ${message.attempts} ${message.attempts === 1 ? 'try' : 'tries'}` : ''}`)),
			h('dl', { class: 'headers' }, Object.entries(message.headers).map(([name, value]) => [h('dt', null, name), h('dd', null, String(value))])),
			message.payload === null ? h('p', { class: 'empty' }, `Payload hidden: ${message.payloadHidden ?? 'none'}`)
					: h('pre', { tabindex: 0, 'aria-label': 'Payload' }, message.payload),
			message.stack ? h('pre', { tabindex: 0, 'aria-label': 'Stack' }, message.stack) : null,
			h('button', { type: 'button', class: 'ghost', onclick: () => copy(message.id ?? message.messageId) }, 'Copy the id')))));
}

async function copy(value) {
	try {
		await navigator.clipboard.writeText(value);
		toast('Copied.');
	}
	catch {
		toast(value);
	}
}
