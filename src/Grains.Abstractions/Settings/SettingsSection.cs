namespace BlueEdge.Settings;

/// <summary>A section of the configuration that a process reads, and the options it is read into.</summary>
/// <param name="Path">Where it is, for example <c>BlueEdge:Limits</c>.</param>
/// <param name="Options">Whose properties are its settings.</param>
/// <param name="IsPart">Whether the process leaves other settings of the section to other processes.</param>
public sealed record SettingsSection(string Path, Type Options, bool IsPart = false);
