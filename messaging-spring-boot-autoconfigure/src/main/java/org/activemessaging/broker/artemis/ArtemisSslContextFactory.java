package org.activemessaging.broker.artemis;

import java.util.Map;

import javax.net.ssl.SSLContext;

import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.remoting.impl.ssl.CachingSSLContextFactory;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextConfig;

/**
 * Gives connections of this library the contexts of their SSL bundles, and all others
 * what Artemis would give them. Found by Artemis as a service.
 *
 * @since 0.1.0
 */
public final class ArtemisSslContextFactory extends CachingSSLContextFactory {

	@Override
	public SSLContext getSSLContext(SSLContextConfig config, Map<String, Object> options) throws Exception {
		SSLContext ours = ArtemisTls.find(String.valueOf(options.get(TransportConstants.SSL_CONTEXT_PROP_NAME)));
		return (ours != null) ? ours : super.getSSLContext(config, options);
	}

	@Override
	public int getPriority() {
		return super.getPriority() + 1;
	}

}
