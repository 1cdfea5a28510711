namespace NativePlugins.Host.Isolation;

/// <summary>What a request asks for. The numbers are part of the channel's version (<see cref="ChannelGreeting.Version"/>).</summary>
internal enum Operation : byte
{
    None = 0,

    // The application asks the worker.
    Load = 1,
    Start = 2,
    Stop = 3,
    Trim = 4,
    Destroy = 5,
    OpenService = 6,
    RunCommand = 7,
    SaveState = 8,
    LoadState = 9,
    OpenContract = 10,

    // The worker asks the application.
    Describe = 32,
    WriteOutput = 33,
    WriteState = 34,
    ReadState = 35,
    IsLogEnabled = 36,
    WriteLog = 37,
    GetSetting = 38,
    ListSettings = 39,
    GetDataDirectory = 40,
    FindOffered = 41,

    // Each asks the other.
    CallFunction = 64,
    CompleteCall = 65,
    CancelCall = 66,
}
