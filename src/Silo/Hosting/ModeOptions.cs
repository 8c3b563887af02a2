using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Silo.Hosting;

/// <summary>What the host is. Configured under <c>BlueEdge</c>; read before there is a container.</summary>
internal sealed class ModeOptions
{
    /// <summary>Embedded by default.</summary>
    [EnumDataType(typeof(SiloMode))]
    public SiloMode Mode { get; set; } = SiloMode.Embedded;

    /// <summary>The folder that outlives the embedded mode's process; <c>data</c> beside where it was started by default.</summary>
    [Required]
    public string DataPath { get; set; } = "data";

    /// <exception cref="BlueEdgeException">A setting makes no sense.</exception>
    public static ModeOptions Read(IConfiguration configuration)
    {
        try
        {
            var options = configuration.GetSection("BlueEdge").Get<ModeOptions>() ?? new();
            Validator.ValidateObject(options, new(options), validateAllProperties: true);
            return options;
        }
        catch (Exception error) when (error is InvalidOperationException or ValidationException)
        {
            throw new BlueEdgeException($"The settings under BlueEdge make no sense: {error.Message}", error);
        }
    }
}
