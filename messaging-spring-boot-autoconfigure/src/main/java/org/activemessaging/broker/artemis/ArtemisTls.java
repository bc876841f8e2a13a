package org.activemessaging.broker.artemis;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLContext;

import org.activemessaging.broker.Tls;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of one connection factory. Artemis' client takes key stores as files, or asks
 * the {@link ArtemisSslContextFactory} for a context by its name.
 */
final class ArtemisTls {

	private static final Map<String, WeakReference<ArtemisTls>> ALL = new ConcurrentHashMap<>();

	private final String name = "messaging-" + UUID.randomUUID();

	private final SSLContext context;

	private ArtemisTls(SSLContext context) {
		this.context = context;
	}

	static ArtemisTls of(Tls tls) {
		ArtemisTls result = new ArtemisTls(tls.sslContext());
		ALL.values().removeIf((reference) -> reference.refersTo(null));
		ALL.put(result.name, new WeakReference<>(result));
		return result;
	}

	String name() {
		return this.name;
	}

	static @Nullable SSLContext find(String name) {
		WeakReference<ArtemisTls> reference = ALL.get(name);
		ArtemisTls tls = (reference != null) ? reference.get() : null;
		return (tls != null) ? tls.context : null;
	}

}
