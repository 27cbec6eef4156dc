/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.ultracartsso.autoconfigure.limits;

import java.time.Duration;
import java.util.Objects;

import javax.sql.DataSource;

import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.CallKind;
import io.github.ultracartsso.client.traffic.CallQuota;
import io.github.ultracartsso.client.traffic.GatedCall;
import io.github.ultracartsso.client.traffic.LimitStore;
import io.github.ultracartsso.client.traffic.ResilientLimitStore;
import io.github.ultracartsso.client.traffic.SharedGate;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import jakarta.persistence.PersistenceContext;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link JdbcLimitStore} in an application that uses JPA and makes calls within
 * transactions.
 */
@SpringJUnitConfig
@TestPropertySource(properties = "ultracart.sso.limits.store=jdbc")
@Timeout(30)
class JdbcLimitStoreWithJpaTests {

	/**
	 * One for the transaction of the application, and one for the store.
	 */
	private static final int CONNECTIONS = 2;

	@Autowired
	private Orders orders;

	@Autowired
	private LimitStore store;

	@Test
	void passWhenTransactionIsRolledBackThenTheCallStaysCounted() {
		for (int i = 1; i <= 3; i++) {
			assertThatIllegalStateException().isThrownBy(() -> this.orders.importAndFail("O-1"))
				.withMessage("the import fails");
			CallGate another = gate(this.store);
			another.pass(Orders.CALL, () -> "called");
			assertThat(another.madeInHour()).isEqualTo(i);
		}
		assertThat(this.orders.count()).isZero();
	}

	static CallGate gate(LimitStore store) {
		CallGate gate = new CallGate(1, Duration.ofSeconds(5));
		gate.setQuota(new CallQuota(1000, 10_000));
		gate.setSharedGate(new SharedGate(new ResilientLimitStore(store), "shop", Duration.ofSeconds(11)));
		return gate;
	}

	/**
	 * Orders of the application.
	 */
	@Transactional
	static class Orders {

		static final GatedCall CALL = new GatedCall() {

			@Override
			public String callName() {
				return "getOrders";
			}

			@Override
			public CallKind kind() {
				return CallKind.USER_CALL;
			}

		};

		private final CallGate gate;

		@PersistenceContext
		private @Nullable EntityManager entityManager;

		Orders(LimitStore store) {
			this.gate = gate(store);
		}

		void importAndFail(String id) {
			entityManager().persist(new Order(id));
			entityManager().flush();
			this.gate.pass(CALL, () -> this.gate.attempt(CallKind.USER_CALL, () -> "called"));
			throw new IllegalStateException("the import fails");
		}

		long count() {
			return entityManager().createQuery("SELECT COUNT(o) FROM ImportedOrder o", Long.class).getSingleResult();
		}

		private EntityManager entityManager() {
			return Objects.requireNonNull(this.entityManager);
		}

	}

	/**
	 * An order of the application.
	 */
	@Entity(name = "ImportedOrder")
	static class Order {

		@Id
		private @Nullable String id;

		/**
		 * For JPA.
		 */
		Order() {
		}

		Order(String id) {
			this.id = id;
		}

		@Override
		public String toString() {
			return "Order " + this.id;
		}

	}

	/**
	 * An application with a pool of two connections.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = true)
	@Import(Orders.class)
	@ImportAutoConfiguration(UltraCartLimitsAutoConfiguration.class)
	static class Application {

		@Bean
		DataSource dataSource() {
			JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:jpa;DB_CLOSE_DELAY=-1", "sa", "");
			pool.setMaxConnections(CONNECTIONS);
			pool.setLoginTimeout(2);
			new ResourceDatabasePopulator(
					new ClassPathResource("io/github/ultracartsso/autoconfigure/limits/schema-h2.sql"))
				.execute(pool);
			return pool;
		}

		@Bean
		LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource dataSource) {
			HibernateJpaVendorAdapter adapter = new HibernateJpaVendorAdapter();
			adapter.setGenerateDdl(true);
			LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
			factory.setDataSource(dataSource);
			factory.setJpaVendorAdapter(adapter);
			factory.setPackagesToScan(JdbcLimitStoreWithJpaTests.class.getPackageName());
			return factory;
		}

		@Bean
		JpaTransactionManager transactionManager(EntityManagerFactory entityManagerFactory) {
			return new JpaTransactionManager(entityManagerFactory);
		}

	}

}
