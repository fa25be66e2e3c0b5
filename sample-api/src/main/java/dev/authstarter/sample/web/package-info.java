/**
 * A web application with server-rendered pages, which calls the API for its users. It
 * runs in an application context of its own, as it would in a process of its own: it uses
 * none of the API's beans, and the tokens stay in its sessions.
 */
@NullMarked
package dev.authstarter.sample.web;

import org.jspecify.annotations.NullMarked;
