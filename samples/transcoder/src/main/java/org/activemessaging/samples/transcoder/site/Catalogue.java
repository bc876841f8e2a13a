package org.activemessaging.samples.transcoder.site;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import org.activemessaging.samples.transcoder.video.EncodingProfile;
import org.activemessaging.samples.transcoder.video.Encoding;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The videos in the database. An encoding has one row, whose key is the video and the
 * profile, so that what is told twice is known once.
 */
@Component
final class Catalogue {

	private final JdbcClient database;

	Catalogue(JdbcClient database) {
		this.database = database;
	}

	/**
	 * Adds a video, of which nothing is encoded yet.
	 * @param id its id
	 * @param title its title
	 * @param bytes the size of what was uploaded
	 */
	void add(UUID id, String title, long bytes) {
		this.database.sql("insert into videos (id, title, bytes, uploaded_at) values (:id, :title, :bytes, :now)")
			.param("id", id)
			.param("title", title)
			.param("bytes", bytes)
			.param("now", now())
			.update();
		for (EncodingProfile profile : EncodingProfile.values()) {
			this.database.sql("insert into encodings (video_id, profile, state) values (:video, :profile, 'WAITING')")
				.param("video", id)
				.param("profile", profile.label())
				.update();
		}
	}

	/**
	 * Notes that a form of a video can be watched.
	 * @param encoding what the encoder has told
	 * @return whether that is news
	 */
	boolean complete(Encoding encoding) {
		return this.database.sql("""
				update encodings set state = 'DONE', cause = null, encoder = :encoder, width = :width, height = :height,
				       bytes = :bytes, seconds = :seconds, took_seconds = :tookSeconds, changed_at = :now
				where video_id = :video and profile = :profile and state <> 'DONE'
				""")
			.param("encoder", encoding.encoder())
			.param("width", encoding.width())
			.param("height", encoding.height())
			.param("bytes", encoding.bytes())
			.param("seconds", encoding.seconds())
			.param("tookSeconds", encoding.tookSeconds())
			.param("now", now())
			.param("video", encoding.video())
			.param("profile", encoding.profile().label())
			.update() > 0;
	}

	/**
	 * Notes that a form of a video was given up.
	 * @param video the id of the video
	 * @param profile the form
	 * @param cause why
	 * @return whether that is news
	 */
	boolean fail(UUID video, EncodingProfile profile, String cause) {
		return this.database.sql("""
				update encodings set state = 'FAILED', cause = :cause, changed_at = :now
				where video_id = :video and profile = :profile and state = 'WAITING'
				""")
			.param("cause", cause)
			.param("now", now())
			.param("video", video)
			.param("profile", profile.label())
			.update() > 0;
	}

	boolean hasWaiting() {
		return this.database.sql("select exists (select 1 from encodings where state = 'WAITING')")
			.query(Boolean.class)
			.single();
	}

	Totals totals() {
		return this.database.sql("""
				select (select count(*) from videos) as videos,
				       count(case when state = 'WAITING' then 1 end) as waiting,
				       count(case when state = 'DONE' then 1 end) as done,
				       count(case when state = 'FAILED' then 1 end) as failed
				from encodings
				""")
			.query((row, number) -> new Totals(row.getLong("videos"), row.getLong("waiting"), row.getLong("done"),
					row.getLong("failed")))
			.single();
	}

	/**
	 * Returns the newest videos, by when they were uploaded, encoded or given up.
	 * @param limit how many at most
	 * @return the videos, the newest first
	 */
	List<Video> newest(int limit) {
		Map<UUID, Video> videos = new LinkedHashMap<>();
		this.database.sql("""
				select id, title, bytes, uploaded_at
				from videos left join (select video_id, max(changed_at) as changed_at from encodings group by video_id)
				     on video_id = id
				order by coalesce(changed_at, uploaded_at) desc, id limit :limit
				""")
			.param("limit", limit)
			.query((row, number) -> new Video(row.getObject("id", UUID.class), row.getString("title"),
					row.getLong("bytes"), row.getObject("uploaded_at", OffsetDateTime.class).toInstant(), List.of()))
			.list()
			.forEach((video) -> videos.put(video.id(), video));
		if (videos.isEmpty()) {
			return List.of();
		}
		Map<UUID, List<Video.Form>> forms = forms(videos.keySet().stream().toList());
		return videos.values()
			.stream()
			.map((video) -> new Video(video.id(), video.title(), video.bytes(), video.uploadedAt(),
					forms.getOrDefault(video.id(), List.of())))
			.toList();
	}

	private Map<UUID, List<Video.Form>> forms(List<UUID> videos) {
		record Row(UUID video, Video.Form form) {
		}
		return this.database.sql("""
				select video_id, profile, state, cause, encoder, width, height, bytes, seconds, took_seconds
				from encodings where video_id in (:videos) order by profile desc
				""")
			.param("videos", videos)
			.query((row, number) -> new Row(row.getObject("video_id", UUID.class),
					new Video.Form(EncodingProfile.of(row.getString("profile")),
							Video.State.valueOf(row.getString("state")), row.getString("cause"),
							row.getString("encoder"), row.getInt("width"), row.getInt("height"), row.getLong("bytes"),
							row.getDouble("seconds"), row.getDouble("took_seconds"))))
			.list()
			.stream()
			.collect(Collectors.groupingBy(Row::video, Collectors.mapping(Row::form, Collectors.toList())));
	}

	private static OffsetDateTime now() {
		return Instant.now().atOffset(ZoneOffset.UTC);
	}

}
