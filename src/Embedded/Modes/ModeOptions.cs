using System.ComponentModel.DataAnnotations;
using BlueEdge.Settings;
using BlueEdge.Store.Sqlite.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace BlueEdge.Embedded.Modes;

/// <summary>What the host is. Configured under <c>BlueEdge</c>; read before there is a container.</summary>
internal sealed class ModeOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "BlueEdge";

    /// <summary>Embedded by default.</summary>
    public SiloMode Mode { get; set; } = SiloMode.Embedded;

    /// <summary>The folder that outlives the embedded mode's process; <c>data</c> beside where it was started by default.</summary>
    [Required]
    public string DataPath { get; set; } = "data";

    /// <summary>
    /// What the embedded mode's answers outlive: <c>Process</c>, the default, the end of the process, however it comes; <c>Machine</c>
    /// the loss of power too, and each group of writes waits for the disk.
    /// </summary>
    public StoreDurability Durability { get; set; } = StoreDurability.Process;

    /// <exception cref="OptionsValidationException">A setting makes no sense.</exception>
    public static ModeOptions Read(IConfiguration configuration)
    {
        ModeOptions options = new();
        SettingsBinding.Bind(options, configuration, Section);
        return new SettingsValidation<ModeOptions>(Section).Validate(Options.DefaultName, options) is { Failed: true } invalid
            ? throw new OptionsValidationException(Options.DefaultName, typeof(ModeOptions), invalid.Failures)
            : options;
    }
}
