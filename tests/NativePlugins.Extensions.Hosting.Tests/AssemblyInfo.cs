// Meter and activity source are one each for the process: tests that run at once would see each other's measurements.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
