// One processor: what it does, how fast, what becomes of failures, and its switches.

import { data, post, refresh } from './data.js';
import { facts, h, head, section, state, text, toast } from './dom.js';
import { chart } from './chart.js';
import { updateState, to } from './overview.js';
import * as format from './format.js';

const PERCENTILES = ['mean', 'p50', 'p95', 'p99', 'max'];

export function processor(id) {
	const badge = state('unknown');
	const reason = h('p', { class: 'reason' });
	const throughput = chart('Processed per second', [{ key: `rate ${id}`, label: 'per second', colour: '--accent' }], format.rate);
	const flight = chart('In flight', [{ key: `inFlight ${id}`, label: 'messages', colour: '--violet' }]);
	const numbers = facts([]);
	const times = h('div', { class: 'bars' });
	const retry = h('div');
	const switches = controls(id);
	const element = h('div', { class: 'page' },
			head(id, [badge, switches.element], reason), numbers,
			h('div', { class: 'charts' }, throughput.element, flight.element),
			h('div', { class: 'columns' }, section('How long a message takes', times), section('What becomes of a failure', retry)));

	function show() {
		const view = data.view.processors[id];
		if (!view) {
			reason.textContent = 'No processor of this id runs in this instance.';
			return;
		}
		updateState(badge, view);
		text(reason, [view.pausedBy?.length ? `Paused by ${view.pausedBy.join(' and ')}.` : '',
			view.reason ?? ''].filter(Boolean).join(' '));
		switches.show(view);
		facts([
			['Destination', h('a', { href: to('destinations', view.destination) }, view.destination)],
			view.group ? ['Group', view.group] : null,
			view.subscription ? ['Durable subscription', `${view.subscription.name} of client id ${view.subscription.clientId}`] : null,
			view.processorGroup ? ['Processor group', view.processorGroup] : null,
			['Per second', format.rate(view.rate)],
			['In flight', format.number(view.inFlight)],
			['Consumers', consumers(view.concurrency)],
			['Window', format.number(view.window)],
			view.limits?.rate ? ['Rate limit', view.limits.rate] : null,
			view.limits?.clusterConcurrency ? ['In work in all instances', `${format.number(view.limits.clusterConcurrency)} at most, ${format.number(view.limits.permitsHeld)} permits here`] : null,
			['Processed', format.number(view.processed)],
			['Failed tries', format.number(view.failed)],
			['Tried again', format.number(view.redelivered)],
			['Given up', h('span', { class: view.deadLettered ? 'bad' : null }, format.number(view.deadLettered))],
			['Duplicates', format.number(view.duplicates)],
			['Discarded', format.number(view.discarded)],
		].filter(Boolean), numbers);
		showTimes(times, view.duration);
		showRetry(retry, view);
		throughput.show();
		flight.show();
	}

	return { element, title: id, show, end: () => [throughput, flight].forEach((each) => each.end()) };
}

function consumers({ active, min, max }) {
	return min === max ? `${active} of ${max}` : `${active} of ${min} to ${max}`;
}

function showTimes(element, duration) {
	if (!duration) {
		element.replaceChildren(h('p', { class: 'empty' }, 'Nothing was processed in the last minutes.'));
		return;
	}
	const longest = format.seconds(duration.max) || 1;
	element.replaceChildren(...PERCENTILES.map((name) => h('div', { class: 'measure' }, h('span', null, name),
			h('meter', { min: 0, max: longest, value: format.seconds(duration[name]), 'aria-label': name }),
			h('b', null, format.duration(duration[name])))));
}

function describeRule(rule) {
	switch (rule.action) {
		case 'redeliver': return `tried ${format.number(rule.tries)} times within ${format.duration(rule.longest)}`;
		case 'pause': return `the processor pauses for ${format.duration(rule.pause)}`;
		case 'discard': return 'discarded';
		default: return 'to the dead letters at once';
	}
}

function showRetry(element, view) {
	const policy = view.redelivery;
	const failure = view.lastFailure;
	element.replaceChildren(
			h('p', null, policy.tries === 1 ? 'A message that fails is not tried again'
				: `A message that fails is tried ${format.number(policy.tries)} times within ${format.duration(policy.longest)}, not counting the tries themselves`,
			'. It goes to ', h('code', null, policy.deadLetterQueue),
			`, and so does one that the application has died of ${format.number(policy.crashes)} times.`),
			...(policy.rules?.length ? [h('ul', null, ...policy.rules.map((rule) => h('li', null,
					h('code', null, rule.exceptions.join(', ')), `: ${describeRule(rule)}`)))] : []),
			...(failure ? [h('h3', null, 'Last failure'),
				h('p', null, h('time', { datetime: failure.at }, format.date(failure.at))),
				h('p', { class: 'failure' }, h('b', null, format.simpleName(failure.exception)), ` ${failure.message}`)]
					: [h('p', { class: 'empty' }, 'No try has failed since the start.')]));
}

function controls(id) {
	const change = async (body, said) => {
		buttons.forEach((button) => button.disabled = true);
		try {
			await post(['processors', id], body);
			toast(said);
		}
		catch (failure) {
			toast(failure.message, true);
		}
		await refresh();
	};
	const button = (label, wanted, said) => h('button', { type: 'button', onclick: () => change({ state: wanted }, said) }, label);
	const pause = button('Pause', 'paused', `${id} is paused.`);
	const resume = button('Resume', 'running', `${id} goes on.`);
	const stop = button('Stop', 'stopped', `${id} stops.`);
	const start = button('Start', 'running', `${id} starts.`);
	const concurrency = h('input', { size: 5, required: true, pattern: '\\d+(-\\d+)?', 'aria-label': 'Consumers, as 2 or 2-8', title: 'Consumers, as 2 or 2-8' });
	const set = h('button', { type: 'submit' }, 'Set consumers');
	const form = h('form', { class: 'inline', onsubmit: (event) => {
		event.preventDefault();
		concurrency.blur();
		change({ concurrency: concurrency.value }, `${id} now has ${concurrency.value} consumers.`);
	} }, concurrency, set);
	const buttons = [pause, resume, stop, start, set];
	const element = h('div', { class: 'controls' }, pause, resume, stop, start, form);

	function show(view) {
		const paused = view.pausedBy?.includes('operator') ?? false;
		const stopped = view.state === 'STOPPED' || view.state === 'FAILED';
		pause.hidden = paused || stopped;
		resume.hidden = !paused || stopped;
		stop.hidden = stopped;
		start.hidden = !stopped;
		const refused = data.writable === false;
		buttons.forEach((each) => {
			each.disabled = refused;
			each.title = refused ? 'The endpoint only reads: management.endpoint.messaging.access' : '';
		});
		if (document.activeElement !== concurrency) {
			const { min, max } = view.concurrency;
			concurrency.value = min === max ? min : `${min}-${max}`;
		}
	}

	return { element, show };
}
