// Where a Vulkan driver is looked for. The loader reads these; a trainer gets them from the process that starts it.

export const vulkanVariables = ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES', 'VK_ADD_DRIVER_FILES', 'XDG_RUNTIME_DIR', 'XDG_DATA_DIRS'] as const;
