-- The tables of both groups, for H2 and PostgreSQL alike.
-- The id of a row is the id of its event: an event that comes twice is kept once.

create table if not exists clicks (
	id varchar(36) primary key,
	session_id varchar(36) not null,
	ip_address varchar(45) not null,
	logged_in boolean not null,
	user_agent varchar(300),
	language varchar(300),
	uri varchar(500) not null,
	referrer varchar(300),
	occurred_at timestamp with time zone not null,
	latency double precision not null,
	first_of_session boolean not null,
	stored_at timestamp with time zone not null
);

create index if not exists clicks_occurred_at on clicks (occurred_at);

create table if not exists queries (
	id varchar(36) primary key,
	session_id varchar(36) not null,
	terms varchar(100) not null,
	hits integer not null,
	latency double precision not null,
	occurred_at timestamp with time zone not null,
	stored_at timestamp with time zone not null
);

create table if not exists mouse_tracks (
	id varchar(36) primary key,
	session_id varchar(36) not null,
	page varchar(200) not null,
	occurred_at timestamp with time zone not null,
	stored_at timestamp with time zone not null
);

create table if not exists mouse_points (
	track_id varchar(36) not null references mouse_tracks (id),
	position integer not null,
	x integer not null,
	y integer not null,
	primary key (track_id, position)
);

create table if not exists suggestions (
	id varchar(36) primary key,
	session_id varchar(36) not null,
	input varchar(100) not null,
	suggestion varchar(400) not null,
	accepted boolean not null,
	occurred_at timestamp with time zone not null,
	stored_at timestamp with time zone not null
);

create table if not exists component_failures (
	id varchar(36) primary key,
	session_id varchar(36) not null,
	component varchar(60) not null,
	page varchar(200) not null,
	message varchar(500) not null,
	occurred_at timestamp with time zone not null,
	stored_at timestamp with time zone not null
);

create table if not exists request_failures (
	id varchar(36) primary key,
	session_id varchar(36) not null,
	uri varchar(500) not null,
	status integer not null,
	exception varchar(200) not null,
	message varchar(500),
	occurred_at timestamp with time zone not null,
	stored_at timestamp with time zone not null
);

-- The tables of the group "trends".

create table if not exists trends (
	starts_at timestamp with time zone not null,
	page varchar(500) not null,
	clicks bigint not null,
	primary key (starts_at, page)
);

create table if not exists trend_events (
	id varchar(36) primary key,
	stored_at timestamp with time zone not null
);
