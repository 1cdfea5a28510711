namespace NativePlugins.Cli;

/// <summary>
/// What MSBuild is given to import in each project that takes part in a build: it lists what the build reads, and how the compiler is
/// about to see it.
/// </summary>
/// <remarks>
/// A line each: a letter, a SHA-256 or <c>-</c>, a path. C: the compiler, or a later step, reads it as the hash says. R: something in the
/// build may have read it before. N: a file of the project without a purpose. I: a file that is part of a project file. O: a directory of the build's own. P: the project's directory.
/// </remarks>
internal static class BuildInputsTarget
{
    /// <summary>The property under which every project imports a file, if it has the .NET SDK's targets.</summary>
    public const string ImportProperty = "CustomAfterMicrosoftCommonTargets";

    /// <summary>The property that names the directory for the lists.</summary>
    public const string DirectoryProperty = "NativePluginsInputsDirectory";

    /// <summary>The property that names the project whose compiler's command line is listed too.</summary>
    public const string ProjectProperty = "NativePluginsCompiledProject";

    /// <summary>A file in the directory for the lists. If it is new, the compiler runs whatever it left before.</summary>
    public const string ForceFile = "force";

    /// <summary>In the directory for the lists: the compiler, what it makes, what the build makes of that, and each source.</summary>
    public const string CompilerList = "compiler";

    /// <summary>In the directory for the lists: the compiler's arguments, one a line.</summary>
    public const string CompilerArguments = "compiler.rsp";

    /// <summary>In the directory for the lists: the assembly as it comes from the compiler, before any other step can have changed it.</summary>
    public const string Compiled = "compiled";

    /// <summary>In the directory for the lists: how the assembly became a native library, a line <c>name=value</c> each.</summary>
    public const string NativeList = "native";

    /// <summary>In the directory for the lists: the linker's arguments, as a shell reads them.</summary>
    public const string LinkerArguments = "linker";

    public const string Text = """
        <Project>
          <Target Name="_NativePluginsListInputs" BeforeTargets="CoreCompile" Condition="'$(NativePluginsInputsDirectory)' != ''">
            <ItemGroup>
              <_NativePluginsRead Include="$(MSBuildProjectFullPath);$(MSBuildAllProjects);$(DirectoryBuildPropsPath);$(DirectoryBuildTargetsPath);$(DirectoryPackagesPropsPath);$([MSBuild]::GetPathOfFileAbove('global.json', '$(MSBuildProjectDirectory)'))" />
              <_NativePluginsRead Include="@(EmbeddedResource->'%(FullPath)');@(UpToDateCheckInput->'%(FullPath)');@(Watch->'%(FullPath)')" />
              <_NativePluginsOwn Include="$(BaseIntermediateOutputPath);$(IntermediateOutputPath);$(MSBuildProjectExtensionsPath);$(BaseOutputPath);$(OutDir);$(PublishDir)" />
              <_NativePluginsOwn Include="$(NuGetPackageRoot);$(NetCoreRoot);$(MSBuildExtensionsPath);$(MSBuildThisFileDirectory)" />
              <_NativePluginsCompiled Include="@(Compile->'%(FullPath)');@(AdditionalFiles->'%(FullPath)');@(EditorConfigFiles->'%(FullPath)')" />
              <_NativePluginsCompiled Include="@(Content->'%(FullPath)');@(NativeLibrary->'%(FullPath)');@(RdXmlFile->'%(FullPath)');@(TrimmerRootDescriptor->'%(FullPath)')" />
              <_NativePluginsCompiled Include="@(None->'%(FullPath)')" Condition="'%(None.CopyToOutputDirectory)%(None.CopyToPublishDirectory)' != ''" />
              <_NativePluginsGone Include="@(_NativePluginsCompiled)" Condition="!Exists('%(Identity)')" />
              <_NativePluginsCompiled Remove="@(_NativePluginsGone)" />
            </ItemGroup>
            <GetFileHash Files="@(_NativePluginsCompiled)" Condition="'@(_NativePluginsCompiled)' != ''" ContinueOnError="true">
              <Output TaskParameter="Items" ItemName="_NativePluginsHashed" />
            </GetFileHash>
            <WriteLinesToFile
                File="$(NativePluginsInputsDirectory)$([MSBuild]::StableStringHash('$(MSBuildProjectFullPath)|$(TargetFramework)')).txt"
                Lines="P - $(MSBuildProjectDirectory);@(_NativePluginsOwn->'O - %(FullPath)');@(_NativePluginsHashed->'C %(FileHash) %(FullPath)');@(_NativePluginsCompiled->'R - %(FullPath)');@(_NativePluginsRead->'R - %(FullPath)');@(None->'N - %(FullPath)')"
                Overwrite="true" ContinueOnError="true" />
          </Target>
          <PropertyGroup Condition="'$(NativePluginsCompiledProject)' != '' and '$(NativePluginsCompiledProject)' == '$(MSBuildProjectFullPath)'">
            <_NativePluginsIsCompiled>true</_NativePluginsIsCompiled>
            <TargetsTriggeredByCompilation>_NativePluginsKeepCompiled;$(TargetsTriggeredByCompilation)</TargetsTriggeredByCompilation>
          </PropertyGroup>
          <ItemGroup Condition="'$(_NativePluginsIsCompiled)' == 'true'">
            <CustomAdditionalCompileInputs Include="$(NativePluginsInputsDirectory)force" />
          </ItemGroup>
          <Target Name="_NativePluginsKeepCompiled">
            <Copy SourceFiles="@(IntermediateAssembly)" DestinationFiles="$(NativePluginsInputsDirectory)compiled" ContinueOnError="true" />
          </Target>
          <Target Name="_NativePluginsListCompiler" AfterTargets="CoreCompile"
                  Condition="'$(_NativePluginsIsCompiled)' == 'true' and '@(CscCommandLineArgs)' != ''">
            <WriteLinesToFile File="$(NativePluginsInputsDirectory)compiler.rsp" Lines="@(CscCommandLineArgs)" Overwrite="true" />
            <WriteLinesToFile File="$(NativePluginsInputsDirectory)compiler" Overwrite="true"
                Lines="$([MSBuild]::NormalizePath('$(RoslynTargetsPath)', 'bincore', 'csc.dll'));@(IntermediateAssembly->'%(FullPath)');$(TargetPath);@(Compile->'%(FullPath)')" />
          </Target>
          <Target Name="_NativePluginsListNative" AfterTargets="LinkNative"
                  Condition="'$(_NativePluginsIsCompiled)' == 'true'">
            <ItemGroup>
              <_NativePluginsNative Include="system=$(_targetOS)" />
              <_NativePluginsNative Include="ilc=$([MSBuild]::NormalizePath('$(IlcToolsPath)', 'ilc'))" />
              <_NativePluginsNative Include="@(ManagedBinary->'ilcArguments=$(NativeIntermediateOutputPath)%(Filename).ilc.rsp')" />
              <_NativePluginsNative Include="ilcEnvironment=$(_IlcEnvironmentVariables)" />
              <_NativePluginsNative Include="@(IlcCompileInput->'managed=%(Identity)')" />
              <_NativePluginsNative Include="object=$(NativeObject)" />
              <_NativePluginsNative Include="exports=$(ExportsFile)" />
              <_NativePluginsNative Include="linker=$(CppLinker)" />
              <_NativePluginsNative Include="binary=$(NativeBinary)" />
              <_NativePluginsNative Include="objcopy=$(ObjCopyName)" />
              <_NativePluginsNative Include="strip=$(StripSymbols)" />
              <_NativePluginsNative Include="symbols=$(NativeDebugSymbols)" />
              <_NativePluginsNative Include="symbolExtension=$(NativeSymbolExt)" />
              <_NativePluginsNative Include="revision=$(SourceRevisionId)" />
              <_NativePluginsNative Include="sdks=$(NetCoreRoot)sdk" />
              <_NativePluginsNative Include="packages=$(ProjectAssetsFile)" />
            </ItemGroup>
            <WriteLinesToFile File="$(NativePluginsInputsDirectory)native" Lines="@(_NativePluginsNative)" Overwrite="true" />
            <WriteLinesToFile File="$(NativePluginsInputsDirectory)linker" Lines="@(CustomLinkerArg)" Overwrite="true" />
          </Target>
        </Project>
        """;
}
