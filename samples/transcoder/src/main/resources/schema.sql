create table if not exists videos (
	id uuid primary key,
	title varchar(100) not null,
	bytes bigint not null,
	uploaded_at timestamp with time zone not null
);

create index if not exists videos_uploaded_at on videos (uploaded_at);

-- One row for each video and profile, whoever tells of it and how often.

create table if not exists encodings (
	video_id uuid not null references videos (id),
	profile varchar(20) not null,
	state varchar(10) not null,
	cause varchar(512),
	encoder varchar(100),
	width integer,
	height integer,
	bytes bigint,
	seconds double precision,
	took_seconds double precision,
	changed_at timestamp with time zone,
	primary key (video_id, profile)
);

create index if not exists encodings_state on encodings (state);
