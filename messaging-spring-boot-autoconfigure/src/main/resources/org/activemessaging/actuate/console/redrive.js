// Purge, redrive, move and discard: first what would be done, then the work with its progress.

import { data, get, post, refresh } from './data.js';
import { facts, h, head, toast } from './dom.js';
import { to } from './overview.js';
import * as format from './format.js';

const KINDS = {
	redrive: { verb: 'Redrive', about: 'Sends dead letters back, a few at first, and stops by itself if they fail again.', fields: ['cause', 'header', 'olderThan', 'limit', 'stages', 'rate', 'maxFailureRatio'] },
	purge: { verb: 'Purge', about: 'Moves the messages of the queue to its trash, from where they can be brought back.', fields: ['header', 'olderThan', 'limit', 'destroy'] },
	discard: { verb: 'Discard', about: 'Moves dead letters to the trash, from where they can be brought back.', fields: ['cause', 'header', 'olderThan', 'destroy'] },
	move: { verb: 'Move', about: 'Moves messages to another destination.', fields: ['to', 'from', 'header', 'olderThan', 'limit'] },
};

const FIELDS = {
	to: ['To destination', { required: true, list: 'destinations' }],
	from: ['From', { placeholder: 'queue', pattern: 'queue|dead-letters|trash', title: 'queue, dead-letters or trash' }],
	cause: ['Only this cause', { placeholder: 'a fingerprint' }],
	header: ['Only with header', { placeholder: 'name=value', pattern: '[^=]+=.*', title: 'name=value' }],
	olderThan: ['Only older than', { placeholder: 'PT1H', pattern: 'P.+', title: 'A duration such as PT1H' }],
	limit: ['At most', { placeholder: 'all', inputmode: 'numeric', pattern: '[1-9]\\d*', title: 'A number from 1' }],
	stages: ['Stages', { placeholder: '1,10,100, rest', pattern: '\\d+(,\\d+)*', title: 'Numbers such as 1,10,100' }],
	rate: ['Rate', { placeholder: 'as fast as possible', pattern: '\\d+(\\.\\d+)?/s', title: 'A rate such as 50/s' }],
	maxFailureRatio: ['Stop if more fail than', { placeholder: '0.2', pattern: '0(\\.\\d+)?|1', title: 'A number from 0 to 1' }],
	destroy: ['Destroy, without trash', { type: 'checkbox' }],
};

const AT_WORK = ['RUNNING'];

/** Opens the dialog for an operation on the queue of a destination. */
export function operate({ kind, destination, group, values, done }) {
	const { verb, about, fields } = KINDS[kind];
	const inputs = Object.fromEntries(fields.map((name) => {
		const input = h('input', { name, autocomplete: 'off', spellcheck: 'false', ...FIELDS[name][1] });
		input.value = FIELDS[name][1].type ? 'true' : values[name] ?? '';
		return [name, input];
	}));
	const plan = h('div', { class: 'plan', 'aria-live': 'polite' });
	const go = h('button', { type: 'button', class: 'main', disabled: true, onclick: () => run(false) }, verb);
	const form = h('form', { onsubmit: (event) => {
		event.preventDefault();
		run(true);
	}, oninput: () => go.disabled = true }, h('div', { class: 'fields' }, fields.map((name) => h('label', { class: FIELDS[name][1].type ?? null },
			h('span', null, FIELDS[name][0]), inputs[name]))),
			h('datalist', { id: 'destinations' }, Object.keys(data.view.destinations).map((name) => h('option', { value: name }))),
			h('div', { class: 'controls' }, h('button', { type: 'submit' }, 'What would be done?'), go));
	const close = h('button', { type: 'button', class: 'ghost', 'aria-label': 'Close', onclick: () => dialog.close() }, '✕');
	const dialog = h('dialog', { 'aria-label': `${verb} ${destination}` },
			h('div', { class: 'title' }, h('h2', null, `${verb}: ${destination}${group ? ` · ${group}` : ''}`), close),
			h('p', { class: 'about' }, about), form, plan);
	let ended = false;
	let expected = null;
	dialog.addEventListener('close', () => {
		ended = true;
		dialog.remove();
		done();
	});

	function body(dryRun) {
		const result = dryRun ? { dryRun: true } : {};
		if (group) {
			result.group = group;
		}
		for (const [name, input] of Object.entries(inputs)) {
			if (input.type === 'checkbox' ? input.checked : input.value) {
				result[name] = input.value;
			}
		}
		return result;
	}

	async function run(dryRun) {
		go.disabled = true;
		plan.replaceChildren(h('p', { class: 'empty' }, dryRun ? 'Counting …' : 'Starting …'));
		try {
			const operation = await post(['destinations', destination, kind], body(dryRun));
			if (dryRun) {
				const counted = await follow(operation, plan, () => ended);
				expected = counted.matchedExact ? counted.matched : null;
				go.disabled = counted.how === 'impossible' || counted.matched === 0 || counted.state !== 'DRY_RUN';
			}
			else {
				form.hidden = true;
				await follow(operation, plan, () => ended, expected);
				refresh();
			}
		}
		catch (failure) {
			plan.replaceChildren(h('p', { class: 'failure' }, failure.message));
		}
	}

	document.body.append(dialog);
	dialog.showModal();
	run(true);
}

async function follow(operation, into, isEnded, expected = null) {
	let current = operation;
	const box = h('div');
	into.replaceChildren(box);
	while (true) {
		box.replaceChildren(progress(current, expected));
		if (!AT_WORK.includes(current.state) || isEnded()) {
			return current;
		}
		await new Promise((resolve) => setTimeout(resolve, 400));
		current = await get('operations', current.id);
	}
}

// While it looks through a queue, an operation knows only of what it has seen.
function sentence(operation, total) {
	switch (operation.state) {
		case 'DRY_RUN': return `${operation.matchedExact === false ? 'At least ' : ''}${format.messages(operation.matched)} would be taken. Nothing was changed.`;
		case 'RUNNING': return `At work: ${total === null ? format.messages(operation.removed) : `${format.number(operation.removed)} of ${format.messages(total)}`}.`;
		case 'DONE': return `Done: ${format.messages(operation.removed)}.`;
		case 'STOPPED': return `Stopped by itself: ${operation.stoppedBecause}`;
		case 'CANCELLED': return `Cancelled after ${format.messages(operation.removed)}.`;
		default: return `Failed: ${operation.stoppedBecause ?? operation.why}`;
	}
}

/** Shows an operation; how many messages are expected, a dry run may have told. */
export function progress(operation, expected = null) {
	const { stage, outcome, removed } = operation;
	const running = operation.state === 'RUNNING';
	const total = running && !operation.matchedExact ? expected : operation.matched;
	return h('div', { class: `progress ${operation.state.toLowerCase()}`, 'data-state': operation.state },
			h('p', { class: 'sentence' }, sentence(operation, total)),
			h('p', { class: 'about' }, `${operation.how}: ${operation.why}`),
			total && operation.state !== 'DRY_RUN' ? h('progress', { max: total, value: Math.min(removed, total) }) : null,
			stage && operation.state !== 'DRY_RUN' ? h('p', { class: 'stages' }, `Stage ${stage.number} of ${stage.of}${stage.size ? ` (${stage.size})` : ' (the rest)'}`) : null,
			operation.state === 'DRY_RUN' ? null : facts([
				['Moved', format.number(operation.moved)],
				['Removed', format.number(operation.removed)],
				['Skipped', format.number(operation.skipped)],
				['In flight elsewhere', format.number(operation.inFlightElsewhere)],
				...(outcome ? [
					['Succeeded', h('span', { class: 'good' }, format.number(outcome.succeeded))],
					['Failed the same', h('span', { class: outcome.failedTheSame ? 'bad' : null }, format.number(outcome.failedTheSame))],
					['Failed anew', h('span', { class: outcome.failedAnew ? 'bad' : null }, format.number(outcome.failedAnew))],
					['Not known yet', format.number(outcome.pending)]] : [])]),
			h('div', { class: 'controls' },
					running ? h('button', { type: 'button', onclick: () => send(['operations', operation.id], { state: 'cancelled' }, 'It will stop.') }, 'Cancel') : null,
					operation.undoable ? h('button', { type: 'button', onclick: () => send(['operations', operation.id, 'undo'], { dryRun: false }, 'The messages come back.') }, 'Undo') : null));
}

async function send(segments, body, said) {
	try {
		await post(segments, body);
		toast(said);
		refresh();
	}
	catch (failure) {
		toast(failure.message, true);
	}
}

/** The page with the last operations. */
export function operations() {
	const list = h('div', { class: 'findings' });
	let shown = null;
	let ended = false;

	async function show() {
		let view;
		try {
			view = await get('operations');
		}
		catch (failure) {
			list.replaceChildren(h('p', { class: 'failure' }, failure.message));
			return;
		}
		const now = JSON.stringify(view);
		if (ended || now === shown) {
			return;
		}
		shown = now;
		list.replaceChildren(...(view.operations.length ? view.operations.map((operation) => h('article', { class: 'finding' },
				h('header', null, h('span', { class: `level ${operation.state.toLowerCase()}` }, operation.state.toLowerCase().replace('_', ' ')),
						h('h2', null, `${operation.kind} `, h('a', { href: to('destinations', operation.destination) }, operation.destination), operation.group ? ` · ${operation.group}` : '')),
				h('p', { class: 'about' }, `${format.date(operation.startedAt)} by ${operation.by}`), progress(operation)))
				: [h('p', { class: 'well' }, 'Nothing was purged, moved or redriven since the start of this instance.')]));
	}

	return { element: h('div', { class: 'page' }, head('Operations'), list), title: 'Operations', show, end: () => ended = true };
}
