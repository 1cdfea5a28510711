namespace NativePlugins.Sdk.Tests.Hosting;

/// <summary>What came through an np_error_sink.</summary>
internal sealed record ErrorReport(int Code, string Type, string Message, string Detail);

/// <summary>What a lifecycle call gave.</summary>
internal sealed record Outcome(int Status, ErrorReport? Error);

/// <summary>What a run gave.</summary>
internal sealed record RunOutcome(int Status, int ExitStatus, string Output, string ErrorOutput, ErrorReport? Error);

/// <summary>What came through np.log/1.</summary>
internal sealed record LogRecord(int Level, int EventId, string Category, string Message, string Detail, string TraceParent);
