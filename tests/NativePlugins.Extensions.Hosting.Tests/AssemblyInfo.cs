// Meter and activity source are the process's: what one test does would be seen by the other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
