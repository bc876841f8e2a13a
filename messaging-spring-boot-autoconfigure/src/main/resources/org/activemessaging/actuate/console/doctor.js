// Why is nothing consumed? The findings, with their evidence and a remedy.

import { data } from './data.js';
import { h, head, text } from './dom.js';
import { to } from './overview.js';
import * as format from './format.js';

function subject({ kind, name }) {
	return kind === 'broker' ? h('span', null, `broker ${name}`)
			: h('a', { href: to(`${kind}s`, name) }, `${kind} ${name}`);
}

export function card(finding) {
	return h('article', { class: `finding ${finding.severity}` },
			h('header', null, h('span', { class: `level ${finding.severity}` }, finding.severity), h('h2', null, finding.title)),
			h('p', { class: 'about' }, subject(finding.subject), ' · ', h('code', null, finding.id), ' · since ',
					h('time', { datetime: finding.since }, format.date(finding.since))),
			h('ul', null, finding.evidence.map((line) => h('li', null, line))),
			h('p', { class: 'remedy' }, h('b', null, 'What helps: '), finding.remedy));
}

export function doctor() {
	const checked = h('p', { class: 'about' });
	const list = h('div', { class: 'findings' });
	let shown = null;

	function show() {
		const { findings, checkedAt } = data.doctor;
		text(checked, checkedAt ? `Looked at ${format.time(checkedAt)}, at what was sampled: no broker is asked for this.` : 'Has not looked yet.');
		const now = JSON.stringify(findings);
		if (now !== shown) {
			shown = now;
			list.replaceChildren(...(findings.length ? findings.map(card)
					: [h('p', { class: 'well' }, 'Nothing keeps messages from being consumed.')]));
		}
	}

	return { element: h('div', { class: 'page' }, head('Doctor', null, checked), list), title: 'Doctor', show };
}
