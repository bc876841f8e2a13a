package org.activemessaging.contract;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.Support;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The contract is red when a declaration is not true, in either direction.
 */
class ContractIsAliveIT {

	private ContractRun run;

	private final CapabilityArea area = new CapabilityArea() {

	};

	@AfterEach
	void stop() throws InterruptedException {
		this.area.closeInTheBackground();
		this.run.close();
	}

	@Test
	void declaredCapabilityThatFailsIsFound() {
		hold((directory) -> new ActiveMqUnderTest(directory, "prioritized=false"));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.area.declaredIsWhatIsObserved(Capability.PRIORITY))
			.withMessageContaining("whether priority works on activemq, declared as Support[level=NATIVE");
		assertThatCode(() -> this.area.declaredIsWhatIsObserved(Capability.BROWSE)).doesNotThrowAnyException();
	}

	@Test
	void capabilityThatWorksAndIsNotDeclaredIsFound() {
		hold((directory) -> new Denying(new ActiveMqUnderTest(directory), Capability.SELECTORS));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.area.declaredIsWhatIsObserved(Capability.SELECTORS))
			.withMessageContaining("whether selectors works on activemq, declared as Support[level=NO");
		assertThatCode(() -> this.area.declaredIsWhatIsObserved(Capability.PRIORITY)).doesNotThrowAnyException();
	}

	private void hold(Function<Path, BrokerUnderTest> factory) {
		this.run = new ContractRun(TestedBroker.ACTIVEMQ, factory);
		this.run.start();
		this.area.use(this.run);
	}

	/**
	 * A broker whose adapter says of one capability that it does not have it.
	 */
	private record Denying(BrokerUnderTest broker, Capability denied) implements BrokerUnderTest {

		@Override
		public BrokerAdapter adapter() {
			BrokerAdapter truthful = this.broker.adapter();
			return (BrokerAdapter) Proxy.newProxyInstance(getClass().getClassLoader(),
					truthful.getClass().getInterfaces(), (proxy, method, arguments) -> {
						try {
							Object result = method.invoke(truthful, arguments);
							return method.getName().equals("capabilities") ? deny((Map<?, ?>) result) : result;
						}
						catch (InvocationTargetException ex) {
							throw ex.getCause();
						}
					});
		}

		private Map<Object, Object> deny(Map<?, ?> capabilities) {
			Map<Object, Object> all = new HashMap<>(capabilities);
			all.put(this.denied, Support.no("it says"));
			return all;
		}

		@Override
		public void start() {
			this.broker.start();
		}

		@Override
		public void kill() {
			this.broker.kill();
		}

		@Override
		public String url() {
			return this.broker.url();
		}

		@Override
		public Map<String, String> properties() {
			return this.broker.properties();
		}

		@Override
		public void close() {
			this.broker.close();
		}

	}

}
