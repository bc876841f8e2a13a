package org.activemessaging.flow;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL server of the tests, started from the programs on the path. Where there
 * are none, the tests that want one are skipped and say so.
 */
final class PostgresServer {

	private static final AtomicInteger DATABASES = new AtomicInteger();

	private static PostgresServer shared;

	private final List<String> prefix = new ArrayList<>();

	private final int port = BrokerProcess.freePort();

	private final Path directory;

	private PostgresServer() {
		try {
			this.directory = Files.createTempDirectory("messaging-postgres");
			if ("root".equals(System.getProperty("user.name"))) {
				// The server refuses to run as root.
				this.prefix.addAll(List.of("setpriv", "--reuid=nobody", "--clear-groups", "--"));
				Files.setOwner(this.directory,
						this.directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		run("initdb", "-D", data(), "-U", "test", "-A", "trust", "-E", "UTF8", "--no-locale", "-N");
		Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
		run("pg_ctl", "-D", data(), "-l", this.directory.resolve("server.log").toString(), "-w", "-o", "-p " + this.port
				+ " -c listen_addresses=localhost -c fsync=off -c unix_socket_directories=" + this.directory, "start");
		Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
			jdbc("postgres").execute("SELECT 1");
			return true;
		});
	}

	/**
	 * Returns the URL of a new database.
	 */
	static synchronized String newDatabase() {
		Assumptions.assumeTrue(isOnPath("initdb") && isOnPath("pg_ctl"),
				"PostgreSQL is not installed: there is no 'initdb' and 'pg_ctl' on the path");
		if (shared == null) {
			shared = new PostgresServer();
		}
		String name = "test" + DATABASES.incrementAndGet();
		shared.jdbc("postgres").execute("CREATE DATABASE " + name);
		return shared.url(name);
	}

	private static boolean isOnPath(String program) {
		return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, program)));
	}

	private String data() {
		return this.directory.resolve("data").toString();
	}

	private String url(String database) {
		return "jdbc:postgresql://localhost:" + this.port + "/" + database + "?user=test";
	}

	private JdbcTemplate jdbc(String database) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(url(database));
		return new JdbcTemplate(dataSource);
	}

	private void stop() {
		run("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void run(String... command) {
		List<String> whole = new ArrayList<>(this.prefix);
		whole.addAll(List.of(command));
		try {
			File log = this.directory.resolve("commands.log").toFile();
			Process process = new ProcessBuilder(whole).directory(this.directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(log))
				.start();
			if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IllegalStateException(whole + " failed: " + Files.readString(log.toPath()));
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
