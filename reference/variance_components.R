# Expected mean squares of core's tests of variance components: R's aov, which shares no code with ours.
# Run: Rscript reference/variance_components.R      (R 4.2)

options(digits = 17)

two <- c(0.0123, 0.0151, 0.0118, 0.0135, 0.0127, 0.0142,
         0.0119, 0.0131, 0.0110, 0.0125, 0.0138, 0.0129,
         0.0147, 0.0166, 0.0133, 0.0162, 0.0164, 0.0158,
         0.0140, 0.0161, 0.0121, 0.0149, 0.0144, 0.0150,
         0.0115, 0.0137, 0.0104, 0.0126, 0.0122, 0.0131)
grid <- expand.grid(sample = factor(1:6), init = factor(1:5))  # the first varies fastest
grid$y <- log(two)
cat("# two sources, 5 inits x 6 samples: sums of squares and degrees of freedom\n")
print(summary(aov(y ~ init * sample, data = grid))[[1]][, c("Df", "Sum Sq")], digits = 17)

three <- c(1.12, 1.31, 1.05, 0.94, 1.22, 1.01, 1.27, 1.40, 1.19, 1.08, 1.21, 1.13,
           1.33, 1.52, 1.21, 1.07, 1.36, 1.18, 1.45, 1.66, 1.29, 1.20, 1.38, 1.24,
           0.91, 1.17, 0.88, 0.79, 1.03, 0.90, 1.09, 1.14, 0.97, 0.93, 1.02, 0.99)
grid <- expand.grid(order = factor(1:3), sample = factor(1:4), init = factor(1:3))
grid$y <- log(three)
cat("# three sources, 3 inits x 4 samples x 3 orders\n")
print(summary(aov(y ~ init * sample * order, data = grid))[[1]][, c("Df", "Sum Sq")], digits = 17)
