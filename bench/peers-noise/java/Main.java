package com.google.privacy.differentialprivacy;

import java.lang.management.ManagementFactory;
import java.security.SecureRandom;

/** Draws per CPU second of the sampler behind Google's DiscreteLaplaceNoise, scale 10. Lies in its package to reach it. */
public final class Main {
  public static void main(String[] args) {
    SecureRandom random = new SecureRandom();
    run(random, 200_000);
    System.out.printf("{\"googleJavaDiscreteLaplace\": %.0f, \"scale\": 10}%n", run(random, 1_000_000));
  }

  private static double run(SecureRandom random, int draws) {
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    long sum = 0;
    for (int i = 0; i < draws; i++) sum += SamplingUtil.sampleTwoSidedGeometric(random, 0.1);
    double seconds = (threads.getCurrentThreadCpuTime() - before) / 1e9;
    if (sum == Long.MIN_VALUE) throw new IllegalStateException();
    return draws / seconds;
  }
}
