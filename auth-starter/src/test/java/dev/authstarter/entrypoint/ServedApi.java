package dev.authstarter.entrypoint;

import java.io.IOException;

import dev.authstarter.fixture.TestTrust;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.rest.webmvc.config.RepositoryRestMvcConfiguration;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.stereotype.Controller;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.server.standard.ServerEndpointExporter;

/**
 * An API with every kind of entry point except controllers of its own, and without rules.
 * Each test adds its GraphQL fields.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableJpaRepositories(considerNestedRepositories = true)
@Import({ TestTrust.class, ServedApi.Sockets.class, ServedApi.Stomp.class, ServedApi.MessageController.class,
		RepositoryRestMvcConfiguration.class })
class ServedApi implements WebMvcConfigurer {

	@Bean
	ServletRegistrationBean<Legacy> legacy() {
		return new ServletRegistrationBean<>(new Legacy(), "/legacy/*", "*.do");
	}

	@Bean
	ServletRegistrationBean<DispatcherServlet> second() {
		AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
		context.register(SecondController.class);
		ServletRegistrationBean<DispatcherServlet> second = new ServletRegistrationBean<>(
				new DispatcherServlet(context), "/second/*");
		second.setName("second");
		return second;
	}

	@Bean
	ResourceConfig resources() {
		return new ResourceConfig(RestNotes.class, RestUsers.class);
	}

	@Bean
	ServletRegistrationBean<ServletContainer> rest(ResourceConfig resources) {
		return new ServletRegistrationBean<>(new ServletContainer(resources), "/rest/*");
	}

	@Bean
	ServerEndpointExporter serverEndpoints() {
		return new ServerEndpointExporter();
	}

	@Bean
	Chat chat() {
		return new Chat();
	}

	@Override
	public void addViewControllers(ViewControllerRegistry registry) {
		registry.addRedirectViewController("/moved", "/elsewhere");
	}

	/** A servlet of old. */
	static class Legacy extends HttpServlet {

		@Override
		protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.getWriter().write("legacy");
		}

	}

	/** Created by Jersey, without Spring. */
	@Path("notes")
	public static class RestNotes {

		@GET
		public String list() {
			return "notes";
		}

	}

	@Path("/users")
	public static class RestUsers {

		@GET
		public String list() {
			return "users";
		}

	}

	/** The container calls it. */
	@ServerEndpoint("/chat/{room}")
	public static class Chat {

		@OnMessage
		public String answer(String message) {
			return message;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class Sockets implements WebSocketConfigurer {

		@Override
		public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
			registry.addHandler(new Echo(), "/socket");
		}

	}

	static class Echo extends TextWebSocketHandler {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocketMessageBroker
	static class Stomp implements WebSocketMessageBrokerConfigurer {

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			registry.addEndpoint("/stomp");
		}

	}

	@Controller
	static class MessageController {

		@MessageMapping("/send")
		void send(String text) {
		}

	}

	@Entity(name = "ServedNote")
	static class Note {

		@Id
		@GeneratedValue
		@Nullable Long id;

		@Nullable String text;

	}

	/** Exported for its being there. */
	public interface Notes extends CrudRepository<Note, Long> {

	}

}
