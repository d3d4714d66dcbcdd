# Runs irace on the table that the script `irace` wrote to the folder given. For each line of searches.txt (budget, repeat,
# seed, order of the instances from 0) it prints: pick BUDGET REPEAT TRAININGS DISTINCT CANDIDATE (from 0); with a second
# argument True before it a line for each training: training BUDGET REPEAT CANDIDATE INSTANCE (both from 0).
if (!requireNamespace("irace", quietly = TRUE)) stop("irace needs Debian's r-cran-irace.")
suppressPackageStartupMessages(library(irace))

folder <- commandArgs(trailingOnly = TRUE)[1]
tracing <- identical(commandArgs(trailingOnly = TRUE)[2], "True")
sizes <- scan(file.path(folder, "sizes.txt"), quiet = TRUE)
cells <- readBin(file.path(folder, "cells.bin"), "integer", n = prod(sizes), size = 4, endian = "little")
candidates <- max(cells)
count <- file.size(file.path(folder, "losses.bin")) / 8
losses <- matrix(readBin(file.path(folder, "losses.bin"), "double", n = count, endian = "little"),
                 nrow = candidates, byrow = TRUE)
parameters <- readParameters(file.path(folder, "parameters.txt"))
searched <- which(sizes > 1)
strides <- rev(cumprod(c(1, rev(sizes)[-length(sizes)])))  # the last setting is the fastest

candidate_of <- function(configuration) {
  levels <- as.integer(unlist(configuration[paste0("p", searched - 1)]))
  cells[1 + sum(levels * strides[searched])]
}

search <- function(line) {
  budget <- line[1]
  order <- line[-(1:3)]
  seen <- new.env()
  seen$pairs <- integer(0)
  target <- function(experiment, scenario) {
    candidate <- candidate_of(experiment$configuration)
    if (candidate == 0) return(list(cost = Inf))
    instance <- order[as.integer(experiment$id.instance)] + 1
    seen$pairs <- c(seen$pairs, (candidate - 1) * ncol(losses) + instance)
    list(cost = losses[candidate, instance])
  }
  scenario <- list(targetRunner = target, instances = seq_along(order), sampleInstances = 0, deterministic = 1,
                   maxExperiments = budget, seed = line[3], logFile = "", debugLevel = 0)
  capture.output(elites <- irace(scenario = checkScenario(scenario), parameters = parameters))
  if (tracing) cat(sprintf("training %d %d %d %d\n", budget, line[2], (seen$pairs - 1) %/% ncol(losses),
                           (seen$pairs - 1) %% ncol(losses)), sep = "")
  cat("pick", budget, line[2], length(seen$pairs), length(unique(seen$pairs)), candidate_of(elites[1, ]) - 1, "\n")
}

for (line in strsplit(readLines(file.path(folder, "searches.txt")), " ")) search(as.numeric(line))
