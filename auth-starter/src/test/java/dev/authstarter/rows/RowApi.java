package dev.authstarter.rows;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import dev.authstarter.fixture.TestTrust;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * An API whose rows belong to organizations with identifiers of a configured type.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableAsync
@Import({ TestTrust.class, RowApi.Controller.class })
class RowApi {

	static final long OF_ACME = 1001;

	static final long OF_GLOBEX = 1002;

	static final long OF_NONE = 1003;

	@Bean
	static Identifiers identifiers(Environment environment) {
		return environment.getRequiredProperty("test.identifiers", Identifiers.class);
	}

	@Bean
	static PersistenceManagedTypes entities(Identifiers identifiers) {
		return PersistenceManagedTypes.of(identifiers.row.getName());
	}

	@Bean
	Executor bare() {
		return new SimpleAsyncTaskExecutor("bare-");
	}

	@Bean
	Executor decorated(TaskDecorator decorator) {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("decorated-");
		executor.setTaskDecorator(decorator);
		return executor;
	}

	@Bean
	Work work(EntityManagerFactory rows, PlatformTransactionManager transactions, Identifiers identifiers) {
		return new Work(rows, new TransactionTemplate(transactions), identifiers);
	}

	@Bean
	Later later(Work work) {
		return new Later(work);
	}

	/** Works on rows in a transaction. */
	static class Work {

		private final EntityManagerFactory rows;

		private final TransactionTemplate transactions;

		private final Identifiers identifiers;

		Work(EntityManagerFactory rows, TransactionTemplate transactions, Identifiers identifiers) {
			this.rows = rows;
			this.transactions = transactions;
			this.identifiers = identifiers;
		}

		String run(RowOperation operation) {
			return this.transactions.execute((status) -> {
				EntityManager session = Objects
					.requireNonNull(EntityManagerFactoryUtils.getTransactionalEntityManager(this.rows));
				return operation.on(session, this.identifiers.row);
			});
		}

	}

	/** Works on another thread. */
	static class Later {

		private final Work work;

		Later(Work work) {
			this.work = work;
		}

		@Async
		CompletableFuture<String> applicationTaskExecutor(RowOperation operation) {
			return CompletableFuture.completedFuture(this.work.run(operation));
		}

		@Async("decorated")
		CompletableFuture<String> decorated(RowOperation operation) {
			return CompletableFuture.completedFuture(this.work.run(operation));
		}

		@Async("bare")
		CompletableFuture<String> bare(RowOperation operation) {
			return CompletableFuture.completedFuture(this.work.run(operation));
		}

	}

	@RestController
	static class Controller {

		private final Work work;

		private final Later later;

		Controller(Work work, Later later) {
			this.work = work;
			this.later = later;
		}

		@GetMapping({ "/rows/{operation}", "/organizations/{organizationId}/rows/{operation}",
				"/public/rows/{operation}" })
		String now(@PathVariable RowOperation operation) {
			return this.work.run(operation);
		}

		@GetMapping("/later/{executor}/{operation}")
		CompletableFuture<String> later(@PathVariable String executor, @PathVariable RowOperation operation) {
			return switch (executor) {
				case "bare" -> this.later.bare(operation);
				case "decorated" -> this.later.decorated(operation);
				default -> this.later.applicationTaskExecutor(operation);
			};
		}

	}

}
