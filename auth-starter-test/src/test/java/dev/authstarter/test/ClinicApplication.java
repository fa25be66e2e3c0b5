package dev.authstarter.test;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application under test: nothing but a controller and two properties.
 */
@SpringBootApplication
class ClinicApplication {

}
