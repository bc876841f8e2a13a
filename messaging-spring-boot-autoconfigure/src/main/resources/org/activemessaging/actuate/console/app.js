// Pages by the part of the address after '#', shown again after each answer of the endpoint.

import { data, onChange, start } from './data.js';
import { h, text } from './dom.js';
import { overview } from './overview.js';
import { destination } from './destination.js';
import { processor } from './processor.js';
import { doctor } from './doctor.js';
import { operations } from './redrive.js';
import { topology } from './topology.js';
import * as format from './format.js';

const THEME = 'messaging.theme';

const PAGES = {
	'': overview,
	doctor,
	topology,
	operations,
	destinations: destination,
	processors: processor,
};

const main = document.getElementById('main');
const live = document.getElementById('live');
const trouble = document.getElementById('trouble');
const findings = document.getElementById('findings');
let page = null;

function segments() {
	try {
		return location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
	}
	catch {
		return ['unknown'];
	}
}

function lost() {
	return { element: h('div', { class: 'page' }, h('h1', null, 'There is no such page.'), h('a', { href: '#/' }, 'Overview')), title: 'Not found', show() {} };
}

function open(focus) {
	const [name, ...rest] = segments();
	page?.end?.();
	page = (PAGES[name] ?? lost)(...rest);
	main.replaceChildren(page.element);
	document.title = page.title === 'Overview' ? 'Messaging' : `${page.title} · Messaging`;
	document.querySelectorAll('nav a').forEach((link) => {
		const current = link.dataset.page === (name || 'overview');
		link.toggleAttribute('data-current', current);
		current ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current');
	});
	scrollTo(0, 0);
	if (focus) {
		main.focus({ preventScroll: true });
	}
	show();
}

function show() {
	trouble.hidden = data.failure === null;
	text(trouble, data.failure ?? '');
	live.classList.toggle('off', data.failure !== null);
	text(live, data.failure !== null ? 'not live' : data.at ? `live, ${format.time(data.at)}` : 'connecting');
	if (!data.view) {
		return;
	}
	const serious = data.doctor.findings.filter((finding) => finding.severity !== 'info').length;
	findings.hidden = serious === 0;
	text(findings, serious);
	page.show();
}

function applyTheme(theme) {
	if (theme) {
		document.documentElement.dataset.theme = theme;
	}
}

function toggleTheme() {
	const dark = document.documentElement.dataset.theme
			? document.documentElement.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
	const theme = dark ? 'light' : 'dark';
	localStorage.setItem(THEME, theme);
	applyTheme(theme);
	show();
}

applyTheme(localStorage.getItem(THEME));
document.getElementById('theme').addEventListener('click', toggleTheme);
document.querySelector('.skip').addEventListener('click', (event) => {
	// What follows '#' is the page.
	event.preventDefault();
	main.focus();
});
addEventListener('hashchange', () => open(true));
addEventListener('keydown', (event) => {
	const typing = event.target.closest('input, textarea, dialog');
	const search = [...main.querySelectorAll('input[type=search]')].find((each) => each.checkVisibility());
	if (event.key === '/' && !typing && search) {
		event.preventDefault();
		search.focus();
	}
});
onChange(show);
open(false);
start();
